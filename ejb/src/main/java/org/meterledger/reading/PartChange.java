package org.meterledger.reading;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meterledger.driver.BillingSource;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.DemandSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.SettingsChange;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.metering.Interval;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.Progress;
import org.meterledger.operation.SettingsParts;

/** One change of a part of the settings of an open meter. */
final class PartChange {

  /** By what is read and archived what the meter is about to forget. */
  private static final Map<Kept, Archiving> ARCHIVING =
      Map.of(
          Kept.LOAD_PROFILES, new Archiving(TaskKind.LOAD_PROFILE, LoadProfileSource.class),
          Kept.PREVIOUS_VALUES, new Archiving(TaskKind.PREVIOUS_VALUES, BillingSource.class),
          Kept.DEMAND, new Archiving(TaskKind.DEMAND, DemandSource.class));

  private static final String NOTHING_SENT = "; nothing was sent";

  private final OpenMeter meter;
  private final ReadingContext context;
  private final SettingsTarget target;
  private final SettingsPart part;
  private final JsonObject after;
  private final JsonObject before;
  private final List<SettingsChange> wanted;
  private final Progress progress = new Progress();
  private final JsonObjectBuilder told = Json.createObjectBuilder();

  /** A reading that leaves nothing behind, and what the meter must be able to tell for it. */
  private record Archiving(TaskKind kind, Class<? extends Capability> source) {}

  PartChange(
      OpenMeter meter,
      ReadingContext context,
      SettingsPart part,
      JsonObject before,
      JsonObject after) {
    this.meter = meter;
    this.context = context;
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
    var reading = new MeterReading(meter, context);
    var read = new Progress();
    for (var kept : part.erases()) {
      var archiving = ARCHIVING.get(kept);
      if (archiving == null || meter.session().as(archiving.source()).isEmpty()) {
        read.fail(new Fault(Kind.UNSUPPORTED, "The portal cannot read " + kept));
      } else if (read.fault() == null) {
        reading.read(archiving.kind(), read);
      }
    }
    if (read.fault() == null && part.erases().contains(Kept.LOAD_PROFILES)) {
      gaps(reading, read);
    }
    if (read.fault() == null && !part.erases().isEmpty()) {
      OpenMeter.await(meter.submit(), read);
      told.add("archived", read.received());
    }
    if (read.fault() != null) {
      fail(
          read.fault().kind(),
          "What the change erases could not be archived: " + read.fault().detail() + NOTHING_SENT);
    }
    return read.fault() == null;
  }

  /** Those that a regular reading leaves for later are asked for now or never. */
  private void gaps(MeterReading reading, Progress read) throws InterruptedException {
    var source = meter.session().as(LoadProfileSource.class).orElseThrow();
    if (!OpenMeter.await(meter.submit(), read)) {
      return;
    }
    for (var gap : context.gaps().open(meter.id())) {
      var asked = new Progress();
      reading.rows(source, gap.profile(), new Interval(gap.after(), gap.before()), asked);
      read.received(asked.received(), 0);
      if (asked.fault() != null) {
        read.fail(asked.fault());
        return;
      }
    }
  }

  private void send(JsonObject now, JsonObject sent) {
    told.add("sent", sent);
    var result = target.writePart(part.name(), now, sent);
    var back = new Progress();
    var read = ReadSettingsPart.read(meter, part.name(), back);
    if (read == null || back.fault() != null) {
      if (result instanceof CommandResult.Refused refused
          && refused.fault().kind() == Kind.UNREACHABLE) {
        progress.fail(refused.fault()); // it cannot have got it
        return;
      }
      told.add("unconfirmed", paths(wanted));
      fail(Kind.UNCONFIRMED, said(result) + "; reading back failed: " + back.fault().detail());
      return;
    }
    told.add(ChangeSettings.AFTER, read.values());
    var missing = missing(sent, read.values());
    told.add("unconfirmed", paths(missing));
    if (!missing.isEmpty()) {
      refuse(result, read.values(), missing);
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
      fail(
          Kind.PARTLY_TAKEN,
          "%s; it has taken %s, but not %s".formatted(said(result), names(taken), names(missing)));
    } else if (result instanceof CommandResult.Refused refused) {
      progress.fail(refused.fault());
    } else {
      fail(Kind.NOT_TAKEN, said(result) + "; it does not hold " + names(missing));
    }
  }

  private static String said(CommandResult result) {
    if (result instanceof CommandResult.Refused refused) {
      return "The meter refused: " + refused.fault().detail();
    }
    return result instanceof CommandResult.Unconfirmed unconfirmed
        ? "Sent, but the answer was lost: " + unconfirmed.fault().detail()
        : "The meter said yes";
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
