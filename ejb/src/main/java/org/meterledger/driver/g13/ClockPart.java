package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.chosen;
import static org.meterledger.driver.g13.PartValues.same;
import static org.meterledger.driver.g13.PartValues.whole;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Objects;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget.PartReading;

/**
 * Time and daylight saving of a meter (N41, N42). The gateway takes the rule with a time only;
 * where none was given anew, the meter's own time goes along, turned by the hour where the rule
 * asks it.
 */
final class ClockPart implements Part<G13Meter> {

  static final String TIME = "time";

  private static final String SAVING = "daylightSaving";
  private static final String START = "start";
  private static final String END = "end";
  private static final String MONTH = "Month";
  private static final String WEEK = "Week";
  private static final String WEEKDAY = "Weekday";
  private static final String HOUR = "Hour";

  private static final SettingsPart DESCRIPTION =
      SettingsPart.record(
          "clock",
          SettingsField.localTime(TIME),
          SettingsField.flag(SAVING),
          number(START + MONTH, 1, 12),
          number(START + WEEK, 1, 5),
          Closing.weekday(START + WEEKDAY).optional(),
          number(START + HOUR, 0, 23).in("h"),
          number(END + MONTH, 1, 12),
          number(END + WEEK, 1, 5),
          Closing.weekday(END + WEEKDAY).optional(),
          number(END + HOUR, 0, 23).in("h"));

  private static SettingsField number(String name, int least, int most) {
    return SettingsField.number(name, null, least, most).optional();
  }

  @Override
  public SettingsPart description() {
    return DESCRIPTION;
  }

  @Override
  public ReadResult<PartReading> read(G13Meter meter) {
    return Results.then(
        meter.time(), told -> ReadResult.complete(new PartReading(json(told), Map.of())));
  }

  private static JsonObject json(MeterTime told) {
    var json = Json.createObjectBuilder();
    if (told.set()) {
      json.add(TIME, G13Gateway.text(told.at()));
    }
    json.add(SAVING, told.rule() != null);
    if (told.rule() != null) {
      add(json, START, told.rule().start());
      add(json, END, told.rule().end());
    }
    return json.build();
  }

  private static void add(JsonObjectBuilder json, String which, DaylightSaving.Change change) {
    json.add(which + MONTH, change.month())
        .add(which + WEEK, change.week())
        .add(which + WEEKDAY, Integer.toString(change.day()))
        .add(which + HOUR, change.hour());
  }

  /** Null where daylight saving is off; then the rest of the rule says nothing (N42). */
  private static DaylightSaving rule(JsonObject values) {
    if (!values.getBoolean(SAVING)) {
      return null;
    }
    return new DaylightSaving(change(values, START), change(values, END));
  }

  private static DaylightSaving.Change change(JsonObject values, String which) {
    PartValues.required(values, "", which + MONTH, which + WEEK, which + WEEKDAY, which + HOUR);
    return new DaylightSaving.Change(
        whole(values, which + MONTH),
        chosen(values, which + WEEKDAY),
        whole(values, which + WEEK),
        whole(values, which + HOUR));
  }

  @Override
  public void check(JsonObject values) {
    rule(values);
  }

  @Override
  public CommandResult write(G13Meter meter, JsonObject before, JsonObject after) {
    var rule = rule(after);
    var ruled =
        same(before, after, SAVING)
            && (rule == null
                || DESCRIPTION.fields().stream()
                    .map(SettingsField::name)
                    .filter(name -> !name.equals(TIME))
                    .allMatch(name -> same(before, after, name)));
    if (!same(before, after, TIME)) {
      return send(meter, LocalDateTime.parse(after.getString(TIME)), ruled, rule);
    }
    return ruled
        ? new CommandResult.Accepted(meter.clock().instant())
        : Results.command(meter.time(), now -> send(meter, turned(now, rule), false, rule));
  }

  private static LocalDateTime turned(MeterTime now, DaylightSaving rule) {
    var standard = now.daylightSaving() ? now.at().minusHours(1) : now.at();
    return rule != null && rule.on(standard) ? standard.plusHours(1) : standard;
  }

  /**
   * @param ruled whether the rule stays as it is
   */
  private static CommandResult send(
      G13Meter meter, LocalDateTime at, boolean ruled, DaylightSaving rule) {
    return Written.readBack(
            ruled ? meter.setTime(at) : meter.setTime(at, rule),
            meter::time,
            now ->
                now.set()
                    && ClockShift.shows(at, now.at())
                    && (ruled || Objects.equals(now.rule(), rule)),
            meter.clock())
        .result();
  }
}
