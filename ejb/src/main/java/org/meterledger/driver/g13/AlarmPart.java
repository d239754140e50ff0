package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.has;
import static org.meterledger.driver.g13.PartValues.path;
import static org.meterledger.driver.g13.PartValues.rule;
import static org.meterledger.driver.g13.PartValues.whole;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget.PartReading;
import org.meterledger.driver.g13.Alarms.Alarm;

/**
 * When the meter raises its alarms (N52, N53): one request for each that differs. The gateway has
 * no request that takes an alarm out of use.
 */
final class AlarmPart implements Part<G13Meter> {

  private static final String USED = "used";
  private static final String ON = "onThreshold";
  private static final String OFF = "offThreshold";
  private static final String ON_DELAY = "onDelay";
  private static final String OFF_DELAY = "offDelay";
  private static final String LOG = "log";
  private static final String OUTPUT = "output";
  private static final String[] NEEDED = {
    Quantities.FIELD, ON, OFF, ON_DELAY, OFF_DELAY, LOG, OUTPUT
  };

  private static final SettingsPart DESCRIPTION =
      SettingsPart.rows(
          "alarms",
          new SettingsPart.Rows(Alarms.MOST, Alarms.MOST),
          SettingsField.flag(USED).optional(),
          Quantities.field().optional(),
          threshold(ON),
          delay(ON_DELAY),
          threshold(OFF),
          delay(OFF_DELAY),
          SettingsField.flag(LOG).optional(),
          SettingsField.number(OUTPUT, null, 1, Ports.PORTS).optional());

  private static SettingsField threshold(String name) {
    return SettingsField.number(name, null, Integer.MIN_VALUE, Integer.MAX_VALUE).optional();
  }

  private static SettingsField delay(String name) {
    return SettingsField.number(name, "s", 0, Integer.MAX_VALUE).optional();
  }

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    var abilities = new Abilities(meter.gateway(), meter);
    return Results.then(
        abilities.judged(meter.alarms().list(), List.of("ALARM_SETTINGS_1")),
        alarms ->
            Quantities.reading(
                meter,
                abilities,
                StorableQuantities::alarms,
                alarms.stream().map(Alarm::quantity).toList(),
                json(alarms)));
  }

  private static JsonObject json(List<Alarm> alarms) {
    var places = new ArrayList<JsonObjectBuilder>();
    for (int id = 1; id <= Alarms.MOST; id++) {
      places.add(Json.createObjectBuilder());
    }
    alarms.forEach(alarm -> places.set(alarm.id() - 1, json(alarm)));
    return PartValues.rows(places, place -> place);
  }

  private static JsonObjectBuilder json(Alarm alarm) {
    if (alarm.quantity() == 0) {
      return Json.createObjectBuilder().add(USED, false);
    }
    var json =
        Json.createObjectBuilder()
            .add(USED, true)
            .add(Quantities.FIELD, Integer.toString(alarm.quantity()))
            .add(ON, alarm.onThreshold())
            .add(ON_DELAY, alarm.onDelaySeconds())
            .add(OFF, alarm.offThreshold())
            .add(OFF_DELAY, alarm.offDelaySeconds())
            .add(LOG, alarm.log());
    return alarm.output() == 0 ? json : json.add(OUTPUT, alarm.output());
  }

  private static boolean used(JsonObject row) {
    return has(row, USED) && row.getBoolean(USED);
  }

  private static Alarm alarm(JsonObject row, int place) {
    return new Alarm(
        place + 1,
        Quantities.number(row, place),
        whole(row, ON),
        whole(row, OFF),
        whole(row, ON_DELAY),
        whole(row, OFF_DELAY),
        row.getBoolean(LOG),
        whole(row, OUTPUT));
  }

  @Override
  public void check(JsonObject values) {
    for (int i = 0; i < PartValues.rows(values).size(); i++) {
      var row = PartValues.row(values, i);
      if (used(row)) {
        PartValues.required(row, path(i, ""), NEEDED);
        Quantities.number(row, i);
      } else {
        for (String field : NEEDED) {
          rule(!has(row, field), path(i, USED), "unused", "An alarm with values is in use");
        }
      }
    }
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    var changed = new ArrayList<Alarm>();
    for (int i = 0; i < PartValues.rows(after).size(); i++) {
      var had = PartValues.row(before, i);
      var wanted = PartValues.row(after, i);
      if (used(wanted)) {
        if (!wanted.equals(had)) {
          changed.add(alarm(wanted, i));
        }
      } else if (used(had)) {
        return refused(
            Kind.UNSUPPORTED,
            "The gateway cannot take an alarm out of use, so alarm %d stays; nothing was sent"
                .formatted(i + 1));
      }
    }
    var wrong = wrongOutput(meter, changed);
    return wrong == null ? send(meter, changed) : wrong;
  }

  /** Null where nothing speaks against the outputs; ports that are not told decide nothing. */
  private static CommandResult wrongOutput(G13Meter meter, List<Alarm> alarms) {
    if (alarms.isEmpty()) {
      return null;
    }
    var ports = Results.value(meter.ports().configuration());
    return ports == null
        ? null
        : alarms.stream()
            .filter(
                alarm ->
                    alarm.output() > ports.size()
                        || ports.get(alarm.output() - 1) != Ports.Use.ALARM_OUT)
            .findFirst()
            .map(
                alarm ->
                    refused(
                        Kind.INVALID_DATA,
                        "Port %d is no alarm output, so alarm %d cannot drive it; nothing was sent"
                            .formatted(alarm.output(), alarm.id())))
            .orElse(null);
  }

  private static CommandResult refused(Kind kind, String sentence) {
    return new CommandResult.Refused(new Fault(kind, sentence));
  }

  /** One after the other, to the first that is not taken. */
  private static CommandResult send(G13Meter meter, List<Alarm> alarms) {
    CommandResult sent = new CommandResult.Accepted(meter.clock().instant());
    for (Alarm alarm : alarms) {
      sent = meter.alarms().set(alarm);
      if (!(sent instanceof CommandResult.Accepted)) {
        break;
      }
    }
    return alarms.isEmpty()
        ? sent
        : Written.readBack(
                sent, () -> meter.alarms().list(), now -> now.containsAll(alarms), meter.clock())
            .result();
  }
}
