package org.meterledger.web.settings;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsPart;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.reading.ChangeSettings;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.meter.CurrentMeter;
import org.meterledger.web.security.Caller;
import org.omnifaces.util.Faces;

/** Backs the form on meter/settings.xhtml: a part is edited, looked over and sent. */
@Named
@ViewScoped
public class SettingsEditPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private SettingsPartsPage page;
  @Inject private Operations operations;
  @Inject private CurrentMeter currentMeter;
  @Inject private Caller caller;
  @Inject private SettingsWords words;
  @Inject private Texts texts;

  private final HashMap<String, String> errors = new HashMap<>();
  private PartForm form;
  private int open;
  private boolean reviewed;
  private boolean understood;
  private String key;

  /** A change in words. */
  public record Change(String label, String before, String after) {}

  /** Opens the form with what was last read. */
  public void edit() {
    errors.clear();
    page.renew();
    form = PartForm.of(page.getDescription(), page.getTold().values());
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
  public void toggle(int row) {
    check();
    open = open == row ? -1 : row;
  }

  public void addRow() {
    form.add(page.getDescription());
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
      page.check(form.after(page.getDescription()));
    } catch (InvalidSetting broken) {
      String sentence = words.broken(page.getDescription(), broken);
      errors.put(broken.field(), sentence);
      errors.put("", sentence);
    }
    return errors.isEmpty();
  }

  /** Shows what is to be changed, if no rule is broken and nobody else was faster. */
  public void review() {
    page.renew();
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
    return SettingsChange.between(
        page.getDescription(), form.before(), form.after(page.getDescription()));
  }

  /** What was read otherwise since the form was opened, as far as it matters here. */
  private List<String> foreign() {
    var description = page.getDescription();
    return SettingsChange.foreign(
            description, form.before(), form.after(description), page.getTold().values())
        .stream()
        .map(words::label)
        .toList();
  }

  /** What the meter forgets when the part is sent, a sentence each. */
  public List<String> getErased() {
    return page.getDescription().erases().stream()
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
                    words.value(each.field(), each.before(), page.getChoices()),
                    words.value(each.field(), each.after(), page.getChoices())))
        .toList();
  }

  public void back() {
    reviewed = false;
  }

  /** Queues the change and shows it. */
  public void send() {
    errors.clear();
    if (!page.getDescription().erases().isEmpty() && !understood) {
      errors.put("understood", texts.get("settings.understood.needed"));
      return;
    }
    try {
      var request = OperationRequest.of(ChangeSettings.NAME, parameters());
      var ids = operations.submit(currentMeter.getSerial(), request, caller.getName(), key);
      Faces.redirect(Faces.getRequestContextPath() + "/operations/view.xhtml?id=%s", ids.get(0));
    } catch (InvalidOperation refused) {
      errors.put("", words.refused(refused));
    }
  }

  private JsonObject parameters() {
    return Json.createObjectBuilder()
        .add(ChangeSettings.PART, page.getDescription().name())
        .add(ChangeSettings.BEFORE, form.before())
        .add(ChangeSettings.AFTER, form.after(page.getDescription()))
        .build();
  }

  /** A row of the form in one line; what is no number yet is shown as it was typed. */
  public String summary(int row) {
    var description = page.getDescription();
    try {
      return words.line(
          description,
          form.getRecords().get(row).values(description.fields(), ""),
          page.getChoices());
    } catch (InvalidSetting broken) {
      return words.broken(description, broken);
    }
  }

  /** What is wrong with a field; null when nothing is known to be. */
  public String error(int row, String field) {
    return errors.get(
        page.getDescription().rows() == null ? field : SettingsPart.ROWS + '.' + row + '.' + field);
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
    var rows = page.getDescription().rows();
    return rows != null && form.getRecords().size() < rows.most();
  }

  public boolean isShrinking() {
    var rows = page.getDescription().rows();
    return rows != null && form.getRecords().size() > rows.least();
  }

  /** Null while nothing is edited. */
  public PartForm getForm() {
    return form;
  }

  /** Number of the row that is edited; less than 0 for none. */
  public int getOpen() {
    return page.getDescription().rows() == null ? 0 : open;
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
}
