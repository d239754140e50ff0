package org.meterledger.driver.g13;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.meterledger.driver.Fault;
import org.meterledger.driver.ReadResult;

/**
 * Reads how a meter is set, resource by resource. What changes by itself (the tariff in force,
 * counters) is left to the registers.
 */
final class MeterSettings {

  private static final String CURRENCY = "NRG_CONVERSION_FACTOR_CURR";
  private static final String OUTPUTS = "IO_CURRENT_OUTPUT_STATE";
  private static final String TARIFF = "TARIFF_SOURCE";

  private final G13Meter meter;
  private final Inquiry inquiry;
  private final Map<String, String> found = new LinkedHashMap<>();

  MeterSettings(G13Meter meter, Abilities abilities) {
    this.meter = meter;
    this.inquiry = new Inquiry(abilities, meter::time);
  }

  ReadResult<Map<String, String>> read() {
    ask(() -> meter.info(), this::info);
    ask(() -> meter.conversionFactors(), this::factors, "NRG_CONVERSION_FACTOR_CO2", CURRENCY);
    ask(() -> meter.hardwareVersions(), all -> list("hardwareversion", all), "HARDWARE_VERSION_0");
    ask(() -> meter.mBusInfo(), this::mBus);
    ask(() -> meter.associationObjects(), rights -> put("role", rights.role()));
    ask(() -> meter.time(), this::time);
    ask(() -> meter.alarms().list(), all -> all.forEach(this::alarm), "ALARM_SETTINGS_1");
    ask(() -> meter.ports().configuration(), all -> list("io", all), OUTPUTS);
    ask(() -> meter.ports().pulses(), all -> list("pulse", all), OUTPUTS);
    ask(() -> meter.previousValues().configuration(), this::previousValues, "PREVIOUS_VALUES");
    ask(
        () -> meter.loadProfiles().configuration(),
        all -> list("loadprofile", all.channels()),
        "LOAD_PROFILE_CH_1");
    ask(() -> meter.demand().configuration(), this::demand, "DEMAND");
    ask(() -> meter.tariffs().state(), this::tariff, TARIFF);
    ask(() -> meter.tariffs().days(), all -> list("dayprofile", all), TARIFF);
    ask(() -> meter.tariffs().weeks(), all -> list("weekprofile", all), TARIFF);
    ask(() -> meter.tariffs().seasons(), all -> list("season", all), TARIFF);
    ask(() -> meter.tariffs().specialDays(), all -> list("specialday", all), TARIFF);
    return result(found, inquiry.end());
  }

  static ReadResult<Map<String, String>> result(Map<String, String> found, Fault fault) {
    var settings = Collections.unmodifiableMap(found);
    return fault == null
        ? ReadResult.complete(settings)
        : found.isEmpty()
            ? new ReadResult.Failed<>(fault)
            : new ReadResult.Partial<>(settings, fault);
  }

  /**
   * @param names of the quantities that it sets, see {@link Abilities}
   */
  private <T> void ask(Supplier<ReadResult<T>> read, Inquiry.Take<T> take, String... names) {
    inquiry.ask(read, take, List.of(names));
  }

  private void put(String key, Object value) {
    found.put(key, String.valueOf(value));
  }

  private void list(String key, List<?> all) {
    for (int i = 0; i < all.size(); i++) {
      put(key + (i + 1), text(all.get(i)));
    }
  }

  private static String text(Object setting) {
    if (setting instanceof LoadProfileConfiguration.Channel channel) {
      return channel.used()
          ? "quantity %d each %d s, %d items"
              .formatted(channel.quantity(), channel.intervalSeconds(), channel.items())
          : "";
    }
    if (setting instanceof Ports.Pulse pulse) {
      return "port %d, %d ms, %d imp, %s"
          .formatted(pulse.port(), pulse.lengthMillis(), pulse.frequency(), pulse.energy());
    }
    if (setting instanceof TariffDay day) {
      return day.id()
          + ": "
          + day.switches().stream()
              .map(each -> each.at() + " " + each.action())
              .collect(Collectors.joining(", "));
    }
    if (setting instanceof TariffWeek week) {
      return week.name() + ": " + week.days();
    }
    if (setting instanceof TariffSeason season) {
      return "%s: month %d, day %d, %s"
          .formatted(season.name(), season.month(), season.day(), season.week());
    }
    if (setting instanceof TariffSpecialDay day) {
      return "%d: year %d, month %d, day %d, weekday %d, day profile %d"
          .formatted(day.id(), day.year(), day.month(), day.day(), day.weekday(), day.dayProfile());
    }
    return String.valueOf(setting);
  }

  private void info(MeterInfo info) {
    put("serial", info.serialNumber());
    put("label", info.label().text());
    put("firmwareversion", info.firmwareVersion());
    var ratio = info.transformers();
    put("ct", ratio.currentNumerator() + "/" + ratio.currentDenominator());
    put("vt", ratio.voltageNumerator() + "/" + ratio.voltageDenominator());
  }

  private void factors(ConversionFactors factors) {
    if (factors.co2() != null) {
      put("co2", factors.co2().value().toPlainString() + " " + factors.co2().unit());
    }
    if (factors.currency() != null) {
      put("currency", factors.currency().value().toPlainString() + " " + factors.currency().unit());
    }
  }

  private void mBus(MBusInfo info) {
    put("mbus manufacturer", info.manufacturer());
    put("mbus devicetype", info.deviceType());
    put("mbus addressingmode", info.addressingMode());
    put("mbus version", info.version());
    put("mbus id", info.id());
  }

  private void time(MeterTime time) {
    put("clock", time.set() ? "set" : "not set");
    put("dstenable", time.rule() != null);
    if (time.rule() != null) {
      put("dststart", change(time.rule().start()));
      put("dstend", change(time.rule().end()));
    }
  }

  private static String change(DaylightSaving.Change change) {
    return "month %d, day %d, week %d, hour %d"
        .formatted(change.month(), change.day(), change.week(), change.hour());
  }

  private void alarm(Alarms.Alarm alarm) {
    if (alarm.quantity() > 0) {
      put(
          "alarm" + alarm.id(),
          "quantity %d, on %d after %d s, off %d after %d s, log %s, output %d"
              .formatted(
                  alarm.quantity(),
                  alarm.onThreshold(),
                  alarm.onDelaySeconds(),
                  alarm.offThreshold(),
                  alarm.offDelaySeconds(),
                  alarm.log(),
                  alarm.output()));
    }
  }

  private void previousValues(PreviousValuesConfiguration all) {
    put("previousvalues", weekly(all.period(), all.weekday()) + ": " + all.quantities());
  }

  private static String weekly(Period period, int weekday) {
    return period == Period.WEEKLY ? period.word() + " " + weekday : period.word();
  }

  private void demand(DemandConfiguration all) {
    put("demand", weekly(all.period(), all.weekday()));
    put("demand interval", all.intervalSeconds() + " s, " + all.subIntervalSeconds() + " s");
    put(
        "demand channels",
        all.channels().stream()
            .map(channel -> channel.quantity() + " " + channel.code().number())
            .collect(Collectors.joining(", ")));
  }

  private void tariff(TariffState state) {
    put("tariff source", state.source());
    if (!state.inputTariffs().isEmpty()) {
      put("tariff inputs", state.inputTariffs());
    }
  }
}
