package org.meterledger.driver.meterextension;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;

/**
 * The answer to {@code meter_reading} (manual 3.5.1). Values are known by their OBIS code, never by
 * their place: number and order differ from region to region and from telegram to telegram.
 */
final class MeterReadingJson {

  private static final int MOST_METERS = 32;
  private static final int MOST_REGISTERS = 1000;
  private static final int LONGEST_ID = 40;
  private static final int LARGEST_SCALE = 9;

  /** More than any register has. */
  private static final int MOST_DIGITS = 24;

  private static final Pattern NUMBER = Pattern.compile("[+-]?\\d{1,18}(\\.\\d{1,9})?");

  private static final Pattern SCALE = Pattern.compile("[+-]?\\d");
  private static final Pattern UNIT = Pattern.compile("\\d{1,3}");
  private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

  /** With dots all through, as the box prints it, or as the standard does. */
  private static final Pattern OBIS =
      Pattern.compile(
          "(\\d{1,3})-(\\d{1,3}):(\\d{1,3}|[CFLP])\\.(\\d{1,3}|F)\\.(\\d{1,3})(?:[.*](\\d{1,3}))?");

  /** What stands for a number in value groups C and D (IEC 62056-61). */
  private static final Map<String, String> LETTERS =
      Map.of("C", "96", "F", "97", "L", "98", "P", "99");

  private MeterReadingJson() {}

  /** Empty where it is no such answer. */
  static Optional<List<HeardMeter>> meters(JsonObject answer) {
    if (!(answer.get("meter") instanceof JsonArray all) || all.size() > MOST_METERS) {
      return Optional.empty();
    }
    var meters = new ArrayList<HeardMeter>();
    for (JsonValue each : all) {
      if (!(each instanceof JsonObject meter)
          || !(meter.get("data") instanceof JsonArray data)
          || data.size() > MOST_REGISTERS) {
        return Optional.empty();
      }
      var id = BoxAnswer.text(meter, "meterid").orElse("");
      if (id.length() > LONGEST_ID) {
        return Optional.empty();
      }
      meters.add(new Telegrams().take(data).heard(id));
    }
    return Optional.of(List.copyOf(meters));
  }

  /** The code that the box prints as {@code 1-0:1.8.0.255}; empty where it is none. */
  static Optional<ObisCode> obis(String text) {
    var found = OBIS.matcher(text);
    if (!found.matches()) {
      return Optional.empty();
    }
    var groups = new StringBuilder();
    groups.append(found.group(1)).append('-').append(found.group(2)).append(':');
    groups.append(LETTERS.getOrDefault(found.group(3), found.group(3))).append('.');
    groups.append(LETTERS.getOrDefault(found.group(4), found.group(4))).append('.');
    groups.append(found.group(5));
    if (found.group(6) != null) {
      groups.append('*').append(found.group(6));
    }
    try {
      return Optional.of(ObisCode.of(groups.toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The registers of one meter; a code that comes more than once counts with its newest value. */
  private static final class Telegrams {

    private final Map<ObisCode, HeardMeter.Value> values = new LinkedHashMap<>();
    private final Map<ObisCode, String> texts = new LinkedHashMap<>();
    private String broken;

    Telegrams take(JsonArray data) {
      for (JsonValue each : data) {
        if (!(each instanceof JsonObject register)) {
          refuse("an element of data");
        } else if (!register.isEmpty()) { // an empty one stands for nothing heard
          register(register);
        }
      }
      return this;
    }

    private void register(JsonObject register) {
      var printed = BoxAnswer.text(register, "OBIS").orElse("");
      var obis = obis(printed);
      if (obis.isEmpty() || !(register.get("entry") instanceof JsonArray entries)) {
        refuse(printed.isEmpty() ? "a register without OBIS code" : "register " + printed);
        return;
      }
      for (JsonValue each : entries) {
        if (!(each instanceof JsonObject entry) || !entry(obis.get(), register, entry)) {
          refuse("register " + printed);
        }
      }
    }

    /** False where something of it cannot be taken; without a value there is nothing to take. */
    private boolean entry(ObisCode obis, JsonObject register, JsonObject entry) {
      var printed = BoxAnswer.text(entry, "val");
      if (printed.isEmpty() || printed.get().isEmpty()) {
        var given = entry.get("val");
        return printed.isPresent() || given == null || given == JsonValue.NULL;
      }
      if (!NUMBER.matcher(printed.get()).matches()) {
        // a number with too many digits is none, and no text either
        return !printed.get().matches("[+-]?[\\d.]+") && texts.put(obis, printed.get()) == null;
      }
      var scale = BoxAnswer.text(register, "scale").orElse("0");
      var unit = unit(BoxAnswer.text(register, "unit").orElse(""));
      var at = BoxAnswer.text(entry, "ts").orElse("");
      if (!SCALE.matcher(scale).matches()
          || Math.abs(Integer.parseInt(scale)) > LARGEST_SCALE
          || unit.isEmpty()
          || !at.isEmpty() && !SECONDS.matcher(at).matches()) {
        return false;
      }
      var exact = new BigDecimal(printed.get()).scaleByPowerOfTen(Integer.parseInt(scale));
      var value = exact.scale() < 0 ? exact.setScale(0) : exact;
      return value.precision() <= MOST_DIGITS
          && put(new HeardMeter.Value(obis, new Quantity(value, unit.get()), time(at)));
    }

    /** 0 is no time: the box had none yet. */
    private static Instant time(String seconds) {
      return seconds.isEmpty() || Long.parseLong(seconds) == 0
          ? null
          : Instant.ofEpochSecond(Long.parseLong(seconds));
    }

    /** A unit that is not told is none. */
    private static Optional<Unit> unit(String code) {
      if (code.isEmpty()) {
        return Optional.of(Unit.NONE);
      }
      return UNIT.matcher(code).matches() && Integer.parseInt(code) <= Unit.NONE.dlmsCode()
          ? Optional.of(Unit.of(Integer.parseInt(code)))
          : Optional.empty();
    }

    /** False for two different values of the same time: nobody knows which one is right. */
    private boolean put(HeardMeter.Value next) {
      var before = values.get(next.obis());
      if (before == null || newer(next.at(), before.at())) {
        values.put(next.obis(), next);
        return true;
      }
      if (newer(before.at(), next.at()) || before.quantity().equals(next.quantity())) {
        return true;
      }
      values.remove(next.obis());
      return false;
    }

    private static boolean newer(Instant one, Instant other) {
      return one != null && (other == null || one.isAfter(other));
    }

    private void refuse(String what) {
      broken = broken == null ? what : broken;
    }

    HeardMeter heard(String meterId) {
      return new HeardMeter(meterId, List.copyOf(values.values()), Map.copyOf(texts), broken);
    }
  }
}
