package org.meterledger.web.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationParameter;

class StepFormTest {

  private static final ZoneId ZONE = ZoneId.of("Europe/Zurich");

  private static final List<OperationParameter> RANGE =
      List.of(
          OperationParameter.time("from", true),
          OperationParameter.time("to", true),
          OperationParameter.choice("log", false, List.of("a", "b")));

  private final StepForm step = new StepForm("READ_LOGBOOK");

  @Test
  void yesterdayIsProposedInTheZoneOfTheMeter() {
    step.follow(RANGE, LocalDate.of(2026, 7, 2));
    var sent = step.parameters(RANGE, ZONE);
    assertThat(sent.getString("from")).isEqualTo("2026-06-30T22:00:00Z");
    assertThat(sent.getString("to")).isEqualTo("2026-07-01T22:00:00Z");
    assertThat(sent.containsKey("log")).isFalse();
  }

  @Test
  void whatDoesNotFitAnotherKindGoes() {
    step.getValues().put("log", "c");
    step.getValues().put("gone", "1");
    step.follow(RANGE, LocalDate.of(2026, 7, 2));
    assertThat(step.getValues()).containsOnlyKeys("from", "to");
  }

  @Test
  void anEarlierOperationIsTakenOverAsItWas() {
    var given =
        Json.createObjectBuilder()
            .add("from", "2026-06-30T22:00:30Z")
            .add("to", "2026-07-01T22:00:00Z")
            .add("log", "b")
            .build();
    step.take(RANGE, given, ZONE);
    assertThat(step.getValues()).containsEntry("from", "2026-07-01T00:00:30");
    assertThat(step.parameters(RANGE, ZONE)).isEqualTo(given);
  }

  @Test
  void whatIsNoTimeIsSaidWithItsField() {
    step.getValues().put("from", "tomorrow");
    assertThatThrownBy(() -> step.parameters(RANGE, ZONE))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            broken -> {
              assertThat(broken.field()).isEqualTo("parameters.from");
              assertThat(broken.rule()).isEqualTo("type");
            });
  }

  @Test
  void secretOfAnEarlierOperationIsNotTakenOver() {
    var parameters =
        List.of(
            OperationParameter.secret("password", true, 40),
            OperationParameter.text("ssid", false, 32));
    var form = new StepForm("CONFIGURE_WIFI");
    var given = Json.createObjectBuilder().add("password", "***").add("ssid", "cellar").build();
    form.take(parameters, given, ZoneOffset.UTC);

    assertThat(form.parameters(parameters, ZoneOffset.UTC))
        .isEqualTo(Json.createObjectBuilder().add("ssid", "cellar").build());
  }
}
