package org.meterledger.reading;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.Progress;
import org.meterledger.operation.SettingsParts;

/** One change of a part of the settings of an open meter. */
final class PartChange {

  private static final String NOTHING_SENT = "; nothing was sent";

  private final OpenMeter meter;
  private final KeptEntries entries;
  private final SettingsTarget target;
  private final SettingsPart part;
  private final JsonObject after;
  private final JsonObject before;
  private final List<SettingsChange> wanted;
  private final Progress progress = new Progress();
  private final JsonObjectBuilder told = Json.createObjectBuilder();

  PartChange(
      OpenMeter meter,
      ReadingContext context,
      SettingsPart part,
      JsonObject before,
      JsonObject after) {
    this.meter = meter;
    this.entries = new KeptEntries(meter, context);
    this.target = meter.session().as(SettingsTarget.class).orElseThrow();
    this.part = part;
    this.before = before;
    this.after = after;
    this.wanted = SettingsChange.between(part, before, after);
    told.add(ChangeSettings.PART, part.name());
  }

  OperationKind.Outcome run() throws InterruptedException {
    var now = ReadSettingsPart.read(meter, part.name(), progress);
    if (now != null) {
      told.add(ChangeSettings.BEFORE, now.values());
      if (progress.fault() == null) {
        change(now);
      }
    }
    return new OperationKind.Outcome(told.build(), progress);
  }

  private void change(SettingsTarget.PartReading now) throws InterruptedException {
    if (sameRows(now.values(), after) && open(now.values()).isEmpty()) {
      told.add(ChangeSettings.AFTER, now.values()).add("unconfirmed", paths(List.of()));
      return; // whoever asked before has got it done, though the answer was lost
    }
    var foreign = SettingsChange.foreign(part, before, after, now.values());
    if (!foreign.isEmpty()) {
      told.add("changedMeanwhile", paths(foreign));
      fail(Kind.CHANGED_MEANWHILE, "Changed meanwhile: " + names(foreign) + NOTHING_SENT);
      return;
    }
    var sent = SettingsChange.merged(part, now.values(), after, wanted);
    if (obeys(sent, now.choices()) && archived()) {
      send(now.values(), sent);
    }
  }

  private boolean sameRows(JsonObject some, JsonObject others) {
    return SettingsChange.records(part, some).size() == SettingsChange.records(part, others).size();
  }

  /** What is wanted and not there yet. */
  private List<SettingsChange> open(JsonObject now) {
    return wanted.stream()
        .filter(
            each ->
                each.field().moves()
                    || !SettingsChange.same(each.field(), each.in(part, now), each.after()))
        .toList();
  }

  private boolean obeys(JsonObject sent, Map<String, Map<String, String>> choices) {
    for (var each : wanted) {
      var offered = choices.get(each.field().name());
      if (each.field().type() == SettingsField.Type.CHOICE
          && offered != null
          && each.after() instanceof JsonString text
          && !offered.containsKey(text.getString())) {
        fail(
            Kind.NOT_TAKEN,
            "%s is none of those that the meter offers: %s%s"
                .formatted(each.path(), text.getString(), NOTHING_SENT));
        return false;
      }
    }
    try {
      SettingsParts.check(target, part, sent);
      return true;
    } catch (InvalidSetting broken) {
      fail(
          Kind.CHANGED_MEANWHILE,
          "With what was changed meanwhile, a rule is broken: "
              + broken.getMessage()
              + NOTHING_SENT);
      return false;
    }
  }

  /** What the meter is about to forget is stored first, or nothing is sent. */
  private boolean archived() throws InterruptedException {
    if (part.erases().isEmpty()) {
      return true;
    }
    var read = new Progress();
    for (var kept : new TreeSet<>(part.erases())) {
      if (!entries.archive(kept, read)) {
        fail(
            read.fault().kind(),
            "What the change erases could not be archived: "
                + read.fault().detail()
                + NOTHING_SENT);
        return false;
      }
    }
    told.add("archived", read.received());
    return true;
  }

  private void send(JsonObject now, JsonObject sent) {
    told.add("sent", sent);
    var result = target.writePart(part.name(), now, sent);
    var back = new Progress();
    var read = ReadSettingsPart.read(meter, part.name(), back);
    if (read == null || back.fault() != null) {
      var fault = Commands.unconfirmed(result, back.fault());
      if (fault.kind() == Kind.UNCONFIRMED) {
        told.add("unconfirmed", paths(wanted));
      }
      progress.fail(fault);
      return;
    }
    told.add(ChangeSettings.AFTER, read.values());
    var missing = missing(sent, read.values());
    told.add("unconfirmed", paths(missing));
    if (!missing.isEmpty()) {
      refuse(result, read.values(), missing);
    }
    if (part.erases().contains(SettingsPart.Kept.LOAD_PROFILES)) {
      // what was erased here is not to be missed by the next reading
      entries.leftOf(SettingsPart.Kept.LOAD_PROFILES, new Progress());
    }
  }

  /** What the meter does not hold as it was sent. */
  private List<SettingsChange> missing(JsonObject sent, JsonObject now) {
    var ours = wanted.stream().map(SettingsChange::path).collect(Collectors.toSet());
    return SettingsChange.between(part, sent, now).stream()
        .filter(each -> each.before() != null || ours.contains(each.path()))
        .filter(each -> !each.field().moves() || ours.contains(each.path()))
        .filter(each -> !each.moved())
        .toList();
  }

  private void refuse(CommandResult result, JsonObject now, List<SettingsChange> missing) {
    var open = missing.stream().map(SettingsChange::path).collect(Collectors.toSet());
    var taken =
        wanted.stream()
            .filter(each -> !open.contains(each.path()))
            .filter(each -> each.after() != null || each.in(part, now) == null)
            .toList();
    if (!taken.isEmpty()) {
      progress.fail(
          Commands.partlyTaken(
              result, "it has taken %s, but not %s".formatted(names(taken), names(missing))));
    } else {
      progress.fail(Commands.notTaken(result, "it does not hold " + names(missing)));
    }
  }

  private void fail(Kind kind, String why) {
    progress.fail(new Fault(kind, why));
  }

  private static String names(Collection<SettingsChange> changes) {
    return changes.stream().map(SettingsChange::path).collect(Collectors.joining(", "));
  }

  private static JsonValue paths(Collection<SettingsChange> changes) {
    return Json.createArrayBuilder(changes.stream().map(SettingsChange::path).toList()).build();
  }
}
