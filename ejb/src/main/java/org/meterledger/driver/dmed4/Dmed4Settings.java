package org.meterledger.driver.dmed4;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;

/** The two parts of how a meter is set: for charging, and its block of parameters. */
final class Dmed4Settings implements SettingsTarget {

  static final String CHARGING = "charging";
  static final String PARAMETERS = "parameters";

  private static final String CABLE_RESISTANCE = "cableResistance";
  private static final String TARIFF = "tariffNumber";
  private static final String OFFSET = "timeOffset";
  private static final int FARTHEST = 900;
  private static final int QUARTER = 15;
  private static final long MOST = 0xFFFF_FFFFL;
  private static final int DECIMALS = 6;

  /** A meter that starts anew is silent for some seconds. */
  private static final Duration STEP = Duration.ofSeconds(1);

  private static final int MOST_TRIES = 60;

  private final Dmed4Meter meter;
  private final Dmed4Tables tables;
  private final String password;
  private final Clock clock;
  private final Pause pause;

  /**
   * @param password that is not to be shown; null for none
   */
  Dmed4Settings(Dmed4Meter meter, Dmed4Tables tables, String password, Clock clock, Pause pause) {
    this.meter = meter;
    this.tables = tables;
    this.password = password;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public List<SettingsPart> parts() {
    return List.of(
        SettingsPart.record(
            CHARGING,
            SettingsField.decimal(
                    CABLE_RESISTANCE, null, BigDecimal.ZERO, BigDecimal.valueOf(MOST), DECIMALS)
                .optional(),
            SettingsField.number(TARIFF, null, 0, MOST).optional(),
            SettingsField.number(OFFSET, "min", -FARTHEST, FARTHEST).optional()),
        SettingsPart.record(
            PARAMETERS,
            tables.parameters().stream().map(Parameter::field).toArray(SettingsField[]::new)));
  }

  @Override
  public ReadResult<PartReading> readPart(String part) {
    return isParameters(part)
        ? Results.map(
            meter.parameters(),
            values -> new PartReading(Parameters.json(tables, values, password), Map.of()))
        : Results.map(meter.chargeSettings(), told -> new PartReading(json(told), Map.of()));
  }

  private static boolean isParameters(String part) {
    if (!part.equals(PARAMETERS) && !part.equals(CHARGING)) {
      throw new IllegalArgumentException("No part of the settings is " + part);
    }
    return part.equals(PARAMETERS);
  }

  private static JsonObject json(ChargeSettings told) {
    var json = Json.createObjectBuilder();
    if (told.cableResistance() != null) {
      json.add(CABLE_RESISTANCE, told.cableResistance());
    }
    if (told.tariff() != null) {
      json.add(TARIFF, told.tariff());
    }
    if (told.offset() != null) {
      json.add(OFFSET, told.offset());
    }
    return json.build();
  }

  @Override
  public void checkPart(String part, JsonObject values) {
    var offset = isParameters(part) ? null : number(values, OFFSET);
    if (offset != null && offset.intValueExact() % QUARTER != 0) {
      throw new InvalidSetting(OFFSET, "step", "timeOffset is a multiple of 15 minutes");
    }
  }

  private static BigDecimal number(JsonObject values, String field) {
    var value = values.get(field);
    return value == null || value == JsonValue.NULL
        ? null
        : values.getJsonNumber(field).bigDecimalValue();
  }

  @Override
  public CommandResult writePart(String part, JsonObject before, JsonObject after) {
    try {
      var description =
          parts().stream().filter(each -> each.name().equals(part)).findFirst().orElseThrow();
      description.check(after);
      checkPart(part, after);
      return isParameters(part) ? writeParameters(after) : writeCharging(before, after);
    } catch (InvalidSetting e) {
      return Results.refused(Kind.INVALID_DATA, e.getMessage());
    }
  }

  /** While a cycle is running the meter takes none of this (manual p. 7, 13). */
  private CommandResult idle(Supplier<CommandResult> send) {
    return Results.command(
        meter.chargeStatus(),
        status ->
            status.charging()
                ? Results.refused(
                    Kind.NOT_TAKEN, meter.address() + " is charging; nothing was sent")
                : send.get());
  }

  private CommandResult writeCharging(JsonObject before, JsonObject after) {
    var wanted =
        new ChargeSettings(
            changed(before, after, CABLE_RESISTANCE),
            whole(changed(before, after, TARIFF)),
            whole(changed(before, after, OFFSET)));
    var nothing =
        wanted.cableResistance() == null && wanted.tariff() == null && wanted.offset() == null;
    return nothing
        ? new CommandResult.Accepted(clock.instant())
        : idle(() -> meter.setChargeSettings(wanted));
  }

  private static BigDecimal changed(JsonObject before, JsonObject after, String field) {
    var is = number(before, field);
    var wanted = number(after, field);
    return wanted == null || is != null && is.compareTo(wanted) == 0 ? null : wanted;
  }

  private static Long whole(BigDecimal number) {
    return number == null ? null : number.longValueExact();
  }

  private CommandResult writeParameters(JsonObject after) {
    return idle(
        () ->
            Results.command(
                meter.parameters(),
                now -> {
                  var wanted = Parameters.values(tables, after, now);
                  return wanted.equals(now)
                      ? new CommandResult.Accepted(clock.instant())
                      : send(now, wanted);
                }));
  }

  /** The meter starts anew without an answer, so only what it tells then counts. */
  private CommandResult send(SortedMap<String, Long> now, SortedMap<String, Long> wanted) {
    var sent = meter.setParameters(now, wanted);
    if (sent instanceof CommandResult.Refused) {
      return sent;
    }
    Fault silence = null;
    for (int i = 0; i < MOST_TRIES && pause.passed(STEP); i++) {
      var read = meter.parameters();
      var held = Results.value(read);
      if (held != null && held.equals(wanted)) {
        return new CommandResult.Accepted(clock.instant());
      }
      if (held != null && silence != null) {
        return Results.refused(
            Kind.NOT_TAKEN, meter.address() + " started anew, and holds other parameters");
      }
      silence = held == null ? Results.fault(read) : silence;
    }
    return new CommandResult.Unconfirmed(
        silence != null
            ? silence
            : new Fault(
                Kind.UNCONFIRMED,
                meter.address() + " was told to save the parameters, and did not start anew"));
  }
}
