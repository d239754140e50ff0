package org.meterledger.web.settings;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.meterledger.access.Access;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsPart;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.operation.SettingsParts;
import org.meterledger.reading.ReadSettingsPart;
import org.meterledger.web.meter.CurrentMeter;
import org.meterledger.web.security.Caller;

/** Backs the parts on meter/settings.xhtml: which there are, how they are set, reading them. */
@Named
@ViewScoped
public class SettingsPartsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Before what is merely usual: a person waits for it. */
  private static final int PRIORITY = 7;

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Inject private SettingsParts parts;
  @Inject private Operations operations;
  @Inject private OperationList list;
  @Inject private Access access;
  @Inject private CurrentMeter currentMeter;
  @Inject private Caller caller;
  @Inject private SettingsWords words;
  @Inject private Clock clock;

  private String part;
  private Long asked;
  private String outcome;
  private String detail;
  private transient List<SettingsPart> known;
  private transient Map<String, SettingsParts.Told> told;

  /** A part in the index; readAt is null where it was never read. */
  public record Entry(String name, Instant readAt, boolean current) {}

  /** A value in words. */
  public record Line(String label, String value) {}

  private List<SettingsPart> known() {
    if (known == null) {
      known = parts.of(currentMeter.getRow().model());
    }
    return known;
  }

  private Map<String, SettingsParts.Told> told() {
    if (told == null) {
      told = parts.told(currentMeter.getId());
    }
    return told;
  }

  /** What can be set of the meter; empty where its model has nothing of that kind. */
  public List<Entry> getEntries() {
    var current = getDescription();
    return known().stream()
        .map(
            each ->
                new Entry(
                    each.name(),
                    told().containsKey(each.name()) ? told().get(each.name()).readAt() : null,
                    each.equals(current)))
        .toList();
  }

  /** The part that is looked at; null where the meter has none. */
  public SettingsPart getDescription() {
    return known().stream()
        .filter(each -> each.name().equals(part))
        .findFirst()
        .orElseGet(() -> known().isEmpty() ? null : known().get(0));
  }

  /** Others may have read or changed it since the page was opened. */
  void renew() {
    told = null;
  }

  /**
   * All rules that hold without the meter.
   *
   * @throws InvalidSetting when one is broken
   */
  void check(JsonObject values) {
    parts.check(currentMeter.getRow().model(), getDescription(), values);
  }

  /** As it was last read; null before. */
  public SettingsParts.Told getTold() {
    return getDescription() == null ? null : told().get(getDescription().name());
  }

  public Map<String, Map<String, String>> getChoices() {
    return getTold() == null ? Map.of() : getTold().choices();
  }

  /** What was last read of a part that is one record. */
  public List<Line> getLines() {
    if (getDescription() == null || getTold() == null) {
      return List.of();
    }
    return getDescription().fields().stream()
        .map(
            field ->
                new Line(
                    words.label(field),
                    words.value(field, getTold().values().get(field.name()), getTold().choices())))
        .toList();
  }

  /** What was last read of a part with rows, each with its values in the order of the fields. */
  public List<List<String>> getRows() {
    if (getDescription() == null || getTold() == null) {
      return List.of();
    }
    return SettingsChange.records(getDescription(), getTold().values()).stream()
        .map(
            record ->
                getDescription().fields().stream()
                    .map(field -> words.value(field, record.get(field.name()), getTold().choices()))
                    .toList())
        .toList();
  }

  /** Asks the meter; the page is told when it has answered. */
  public void read() {
    outcome = null;
    detail = null;
    var request =
        new OperationRequest(
            ReadSettingsPart.NAME,
            Json.createObjectBuilder().add(ReadSettingsPart.PART, getDescription().name()).build(),
            List.of(),
            PRIORITY,
            null,
            clock.instant().plus(PATIENCE),
            true,
            true,
            null);
    try {
      asked = operations.submit(currentMeter.getSerial(), request, caller.getName(), null).get(0);
    } catch (InvalidOperation refused) {
      outcome = "FAILED";
      detail = words.refused(refused);
    }
  }

  /** Something was done, perhaps what was asked here. */
  public void look() {
    renew();
    if (asked != null) {
      list.find(access.sight(), asked)
          .filter(operation -> operation.state().ended())
          .ifPresent(
              operation -> {
                asked = null;
                detail = operation.detail();
                outcome =
                    switch (operation.state()) {
                      case SUCCEEDED -> "COMPLETE";
                      case EXPIRED -> "NONE";
                      default -> "FAILED";
                    };
              });
    }
  }

  public boolean isWaiting() {
    return asked != null;
  }

  /** COMPLETE, FAILED, or NONE when nothing came in time; null before asking. */
  public String getOutcome() {
    return outcome;
  }

  /** What went wrong, as a sentence. */
  public String getDetail() {
    return detail;
  }

  public String getPart() {
    return part;
  }

  public void setPart(String part) {
    this.part = part;
  }
}
