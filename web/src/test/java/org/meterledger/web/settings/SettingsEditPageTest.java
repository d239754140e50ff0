package org.meterledger.web.settings;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.operation.SettingsParts;
import org.meterledger.web.meter.CurrentMeter;
import org.meterledger.web.security.Caller;
import org.meterledger.web.settings.SettingsEditPage.Change;

/** A part is edited, looked over and sent. */
class SettingsEditPageTest {

  private static final SettingsPart PART =
      SettingsPart.rows(
          "channels",
          new SettingsPart.Rows(1, 3),
          SettingsField.choice("quantity", List.of()),
          SettingsField.number("items", null, 1, 40_000));

  private final List<OperationRequest> submitted = new ArrayList<>();
  private final SettingsEditPage page = new SettingsEditPage();
  private SettingsPart part = PART;
  private JsonObject known = rows("{'quantity':'17','items':100},{'quantity':'18','items':200}");
  private String refusal = "The meter is away";

  private static JsonObject rows(String rows) {
    return PartForm.json(("{'rows':[" + rows + "]}").replace('\'', '"'));
  }

  @BeforeEach
  void putTogether() {
    Beans.give(
        page,
        "page",
        new SettingsPartsPage() {
          @Override
          public SettingsPart getDescription() {
            return part;
          }

          @Override
          public SettingsParts.Told getTold() {
            return new SettingsParts.Told(
                part.name(), Instant.EPOCH, known, Map.of("quantity", names()), null);
          }

          @Override
          void check(JsonObject values) {
            part.check(values);
            int sum =
                values.getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                    .mapToInt(row -> row.getInt("items"))
                    .sum();
            if (sum > 40_000) {
              throw new InvalidSetting("rows", "moon", "All rows hold 40000 items together");
            }
          }
        });
    Beans.give(
        page,
        "operations",
        new Operations() {
          @Override
          public List<Long> submit(
              String serialNumber, OperationRequest request, String requestedBy, String key) {
            submitted.add(request);
            throw new InvalidOperation("meter", "away", refusal);
          }
        });
    Beans.give(
        page,
        "currentMeter",
        new CurrentMeter() {
          @Override
          public String getSerial() {
            return "ABB1";
          }
        });
    Beans.give(
        page,
        "caller",
        new Caller() {
          @Override
          public String getName() {
            return "vera";
          }
        });
    Beans.give(page, "words", Beans.words());
    Beans.give(page, "texts", Beans.texts());
    page.edit();
  }

  private static Map<String, String> names() {
    return Map.of("17", "Active import", "18", "Active export");
  }

  private void type(int row, String field, String text) {
    page.getForm().getRecords().get(row).getTexts().put(field, text);
  }

  @Test
  void whatIsChangedIsLookedOverBeforeItIsSent() {
    type(1, "items", "300");
    type(1, "quantity", "17");
    page.review();

    assertThat(page.getErrors()).isEmpty();
    assertThat(page.isReviewed()).isTrue();
    assertThat(page.getChanges())
        .containsExactly(
            new Change("Row 2: Quantity", "Active export", "Active import"),
            new Change("Row 2: Stored values", "200", "300"));
    assertThat(submitted).isEmpty();

    page.send();
    var parameters = submitted.get(0).parameters();
    assertThat(submitted.get(0).kind()).isEqualTo("CHANGE_SETTINGS");
    assertThat(parameters.getString("part")).isEqualTo("channels");
    assertThat(parameters.getJsonObject("before")).isEqualTo(known);
    assertThat(parameters.getJsonObject("after"))
        .isEqualTo(rows("{'quantity':'17','items':100},{'quantity':'17','items':300}"));
    assertThat(page.getErrors()).containsEntry("", refusal);
  }

  @Test
  void whatIsWrongIsToldAtItsFieldWhileOneEdits() {
    type(1, "items", "0");
    page.check();
    assertThat(page.error(1, "items")).isEqualTo("Row 2: Stored values: from 1 to 40,000.");
    assertThat(page.error(0, "items")).isNull();
    assertThat(page.wrong(1)).isTrue();
    assertThat(page.wrong(0)).isFalse();
    page.review();
    assertThat(page.isReviewed()).isFalse();

    type(1, "items", "1.000");
    page.check();
    assertThat(page.error(1, "items"))
        .isEqualTo("Row 2: Stored values: a whole number, written without separators.");

    type(1, "items", "39901");
    page.check();
    assertThat(page.getErrors()).containsEntry("", "All rows hold 40000 items together");
    type(1, "items", "39900");
    page.check();
    assertThat(page.getErrors()).isEmpty();
  }

  @Test
  void nothingToChangeIsNothingToSend() {
    page.review();
    assertThat(page.isReviewed()).isFalse();
    assertThat(page.getErrors()).containsEntry("", "Nothing is changed yet.");
  }

  @Test
  void whoWasFasterIsTold() {
    type(1, "items", "300");
    known = rows("{'quantity':'17','items':100},{'quantity':'18','items':250}");
    page.review();
    assertThat(page.isReviewed()).isFalse();
    assertThat(page.getErrors().get("")).contains("faster").endsWith("Row 2: Stored values");
  }

  @Test
  void whatWasChangedBesidesIsNoHindrance() {
    type(1, "items", "300");
    known = rows("{'quantity':'17','items':150},{'quantity':'18','items':200}");
    page.review();
    assertThat(page.isReviewed()).isTrue();
  }

  @Test
  void whatErasesIsSentOnlyWhenThatIsUnderstood() {
    part = PART.erasing(Kept.LOAD_PROFILES);
    type(0, "items", "300");
    page.review();
    assertThat(page.getErased())
        .containsExactly("Sending this erases the load profiles that the meter has stored.");
    page.send();
    assertThat(submitted).isEmpty();
    assertThat(page.getErrors()).containsOnlyKeys("understood");
    page.setUnderstood(true);
    page.send();
    assertThat(submitted).hasSize(1);
  }

  @Test
  void rowsComeAndGoAsFarAsTheMeterLets() {
    assertThat(page.isShrinking()).isTrue();
    page.addRow();
    assertThat(page.getOpen()).isEqualTo(2);
    assertThat(page.isGrowing()).isFalse();
    assertThat(page.error(2, "quantity")).isEqualTo("Row 3: Quantity: this is needed.");
    page.dropRow(2);
    page.dropRow(1);
    assertThat(page.isShrinking()).isFalse();
    assertThat(page.isGrowing()).isTrue();
    assertThat(page.summary(0)).isEqualTo("Quantity: Active import · Stored values: 100");
  }

  @Test
  void oneRowIsOpenAtATime() {
    assertThat(page.getOpen()).isNegative();
    page.toggle(1);
    assertThat(page.getOpen()).isEqualTo(1);
    page.toggle(0);
    assertThat(page.getOpen()).isZero();
    page.toggle(0);
    assertThat(page.getOpen()).isNegative();
  }
}
