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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.meterledger.access.Access;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsPart;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.operation.SettingsParts;
import org.meterledger.reading.ChangeSettings;
import org.meterledger.reading.ReadSettingsPart;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.meter.CurrentMeter;
import org.meterledger.web.security.Caller;
import org.omnifaces.util.Faces;

/** Backs the parts on meter/settings.xhtml: shown, read, edited, looked over and sent. */
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
  @Inject private Texts texts;
  @Inject private Clock clock;

  private final HashMap<String, String> errors = new HashMap<>();
  private String part;
  private PartForm form;
  private int open;
  private boolean reviewed;
  private boolean understood;
  private String key;
  private Long asked;
  private String outcome;
  private String detail;
  private transient List<SettingsPart> known;
  private transient Map<String, SettingsParts.Told> told;

  /** A part in the index; readAt is null where it was never read. */
  public record Entry(String name, Instant readAt, boolean current) {}

  /** A value in words. */
  public record Line(String label, String value) {}

  /** A change in words. */
  public record Change(String label, String before, String after) {}

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
      detail = sentence(refused);
    }
  }

  /** Something was done, perhaps what was asked here. */
  public void look() {
    told = null;
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

  /** Opens the form with what was last read. */
  public void edit() {
    errors.clear();
    form = PartForm.of(getDescription(), getTold().values());
    open = -1;
    reviewed = false;
    understood = false;
    key = UUID.randomUUID().toString();
  }

  public void cancel() {
    form = null;
    errors.clear();
  }

  /** Opens a row, or closes it where it is open. */
  public void open(int row) {
    check();
    open = open == row ? -1 : row;
  }

  public void addRow() {
    form.add(getDescription());
    open = form.getRecords().size() - 1;
    check();
  }

  public void dropRow(int row) {
    form.drop(row);
    open = -1;
    check();
  }

  /** Tells the first rule that is broken, at its field. */
  public void check() {
    valid();
  }

  private boolean valid() {
    errors.clear();
    try {
      var description = getDescription();
      parts.check(currentMeter.getRow().model(), description, form.after(description));
    } catch (InvalidSetting broken) {
      String sentence = words.broken(getDescription(), broken);
      errors.put(broken.field(), sentence);
      errors.put("", sentence);
    }
    return errors.isEmpty();
  }

  /** Shows what is to be changed, if no rule is broken and nobody else was faster. */
  public void review() {
    told = null;
    reviewed = false;
    if (!valid()) {
      return;
    }
    if (changes().isEmpty()) {
      errors.put("", texts.get("settings.unchanged"));
      return;
    }
    var foreign = foreign();
    if (!foreign.isEmpty()) {
      errors.put("", texts.get("settings.stale", String.join(", ", foreign)));
      return;
    }
    reviewed = true;
  }

  private List<SettingsChange> changes() {
    return SettingsChange.between(getDescription(), form.before(), form.after(getDescription()));
  }

  /** What was read otherwise since the form was opened, as far as it matters here. */
  private List<String> foreign() {
    var description = getDescription();
    return SettingsChange.foreign(
            description, form.before(), form.after(description), getTold().values())
        .stream()
        .map(words::label)
        .toList();
  }

  /** What the meter forgets when the part is sent, a sentence each. */
  public List<String> getErased() {
    return getDescription().erases().stream()
        .sorted()
        .map(kept -> texts.of("settings", "erases." + kept))
        .toList();
  }

  public List<Change> getChanges() {
    return changes().stream()
        .map(
            each ->
                new Change(
                    words.label(each),
                    words.value(each.field(), each.before(), getChoices()),
                    words.value(each.field(), each.after(), getChoices())))
        .toList();
  }

  public void back() {
    reviewed = false;
  }

  /** Queues the change and shows it. */
  public void send() {
    errors.clear();
    if (!getDescription().erases().isEmpty() && !understood) {
      errors.put("understood", texts.get("settings.understood.needed"));
      return;
    }
    try {
      var request = OperationRequest.of(ChangeSettings.NAME, parameters());
      var ids = operations.submit(currentMeter.getSerial(), request, caller.getName(), key);
      Faces.redirect(Faces.getRequestContextPath() + "/operations/view.xhtml?id=%s", ids.get(0));
    } catch (InvalidOperation refused) {
      errors.put("", sentence(refused));
    }
  }

  private JsonObject parameters() {
    return Json.createObjectBuilder()
        .add(ChangeSettings.PART, getDescription().name())
        .add(ChangeSettings.BEFORE, form.before())
        .add(ChangeSettings.AFTER, form.after(getDescription()))
        .build();
  }

  private String sentence(InvalidOperation refused) {
    String rule = refused.field() + "." + refused.rule();
    String sentence = texts.of("invalidOperation", rule);
    return sentence.equals(rule) ? refused.getMessage() : sentence;
  }

  /** A row of the form in one line; what is no number yet is shown as it was typed. */
  public String summary(int row) {
    var description = getDescription();
    try {
      return words.line(
          description, form.getRecords().get(row).values(description.fields(), ""), getChoices());
    } catch (InvalidSetting broken) {
      return words.broken(description, broken);
    }
  }

  /** What is wrong with a field; null when nothing is known to be. */
  public String error(int row, String field) {
    return errors.get(
        getDescription().rows() == null ? field : SettingsPart.ROWS + '.' + row + '.' + field);
  }

  /** Whether something in a row is wrong. */
  public boolean wrong(int row) {
    return errors.keySet().stream()
        .anyMatch(at -> at.startsWith(SettingsPart.ROWS + '.' + row + '.'));
  }

  /** By field; empty name for what is told above all. */
  public Map<String, String> getErrors() {
    return errors;
  }

  public boolean isGrowing() {
    var rows = getDescription().rows();
    return rows != null && form.getRecords().size() < rows.most();
  }

  public boolean isShrinking() {
    var rows = getDescription().rows();
    return rows != null && form.getRecords().size() > rows.least();
  }

  /** Null while nothing is edited. */
  public PartForm getForm() {
    return form;
  }

  /** Number of the row that is edited; less than 0 for none. */
  public int getOpen() {
    return getDescription().rows() == null ? 0 : open;
  }

  public boolean isReviewed() {
    return reviewed;
  }

  public boolean isUnderstood() {
    return understood;
  }

  public void setUnderstood(boolean understood) {
    this.understood = understood;
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

  /** Another part than the one that is edited ends the editing. */
  public void setPart(String part) {
    this.part = part;
  }
}
