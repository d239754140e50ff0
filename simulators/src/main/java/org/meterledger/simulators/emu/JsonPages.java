package org.meterledger.simulators.emu;

import java.math.BigDecimal;
import java.util.StringJoiner;
import org.meterledger.simulators.HttpAnswer;
import org.meterledger.simulators.Mains;

/** status.json and meterdata.json with the keys of the manual (p. 7 and 8) in its order. */
final class JsonPages {
  private static final String[] PHASES = {"L1", "L2", "L3", "L123"};

  private final EmuMeter.Settings settings;

  JsonPages(EmuMeter.Settings settings) {
    this.settings = settings;
  }

  HttpAnswer status(Recorder recorder) {
    StringJoiner json = json();
    raw(json, "networkdhcactive", "false");
    text(json, "networkip", "127.0.0.1");
    text(json, "networknm", "255.0.0.0");
    text(json, "networkgw", "127.0.0.1");
    text(json, "networkdns1", "127.0.0.1");
    raw(json, "mbactive", "true");
    raw(json, "mbport", "502");
    raw(json, "ntpactive", Boolean.toString(settings.ntpActive()));
    text(json, "ntp1", "pool.ntp.org");
    text(json, "meterserial", settings.serialNumber());
    raw(json, "meterfactorynr", "0");
    raw(json, "meterdatetime", settings.statusTime() ? second(recorder) : "0");
    text(json, "networkmac", mac());
    text(json, "softwareversion", settings.softwareVersion());
    raw(json, "updateractive", Boolean.toString(settings.updaterActive()));
    return HttpAnswer.of(200, "application/json", json.toString());
  }

  private static String second(Recorder recorder) {
    return Long.toString(recorder.meterSecond());
  }

  private String mac() {
    long serial = Long.parseLong(settings.serialNumber());
    return String.format(
        "10:2C:EF:%02X:%02X:%02X", serial >> 16 & 0xFF, serial >> 8 & 0xFF, serial & 0xFF);
  }

  HttpAnswer meterData(Recorder recorder) {
    StringJoiner json = json();
    raw(json, "meterdatetime", second(recorder));
    energies(json, "wpulse_cnt_", recorder.counter(0), recorder.counter(1));
    energies(json, "wpulse_cnt_ex_", recorder.counter(2), recorder.counter(3));
    long[] state = recorder.presentState();
    for (Quantity quantity : Quantity.values()) {
      // The sum stands before the phases here, behind them among the extremes.
      if (quantity.withTotal) {
        text(json, quantity.key("act", Mains.TOTAL), quantity.text(state[quantity.place(3)]));
      }
      for (int phase = 0; phase < quantity.phases; phase++) {
        text(json, quantity.key("act", phase), quantity.text(state[quantity.place(phase)]));
      }
    }
    raw(json, "showMinMax", Boolean.toString(settings.minMax()));
    if (settings.minMax()) {
      extremes(json, recorder.extremes(), false);
      extremes(json, recorder.extremes(), true);
    }
    return HttpAnswer.of(200, "application/json", json.toString());
  }

  private static void energies(StringJoiner json, String name, long rate1, long rate2) {
    text(json, name + "L123_e", decimal(rate1 + rate2, 3));
    text(json, name + "L123_T1_e", decimal(rate1, 3));
    text(json, name + "L123_T2_e", decimal(rate2, 3));
  }

  private static void extremes(StringJoiner json, Extremes extremes, boolean times) {
    for (Quantity quantity : Quantity.values()) {
      boolean highestFirst = quantity.highestFirst;
      for (boolean highest : new boolean[] {highestFirst, !highestFirst}) {
        int places = quantity.withTotal ? 4 : quantity.phases;
        for (int phase = 0; phase < places; phase++) {
          String key = quantity.key(highest ? "max" : "min", phase);
          int place = quantity.place(phase);
          if (times) {
            raw(json, "ts_" + key, Long.toString(extremes.second(highest, place)));
          } else {
            text(json, key, quantity.text(extremes.value(highest, place)));
          }
        }
      }
    }
  }

  private static StringJoiner json() {
    return new StringJoiner(",\n", "{\n", "\n}\n");
  }

  private static void raw(StringJoiner json, String key, String value) {
    json.add("  \"" + key + "\": " + value);
  }

  private static void text(StringJoiner json, String key, String value) {
    raw(json, key, '"' + value + '"');
  }

  private static String decimal(long value, int decimals) {
    return BigDecimal.valueOf(value, decimals).toPlainString();
  }

  /** The momentary quantities in the order of meterdata.json, with the order of their extremes. */
  private enum Quantity {
    POWER("p", Mains.P, 3, true, 3, true),
    REACTIVE_POWER("q", Mains.Q, 3, true, 3, true),
    CURRENT("i", Mains.I, 3, true, 3, true),
    VOLTAGE("u", Mains.U, 3, false, 1, false),
    POWER_FACTOR("pf", Mains.PF, 3, false, 2, true),
    FREQUENCY("f", Mains.F, 1, false, 1, false);

    private final String letter;
    private final int first;
    private final int phases;
    private final boolean withTotal;
    private final int decimals;
    private final boolean highestFirst;

    Quantity(
        String letter,
        int first,
        int phases,
        boolean withTotal,
        int decimals,
        boolean highestFirst) {
      this.letter = letter;
      this.first = first;
      this.phases = phases;
      this.withTotal = withTotal;
      this.decimals = decimals;
      this.highestFirst = highestFirst;
    }

    private String key(String kind, int phase) {
      // Frequency is one for all phases: f_L123_act_e, but f_min_L123_e.
      String phases = this == FREQUENCY ? "L123" : PHASES[phase];
      return kind.equals("act")
          ? letter + '_' + phases + "_act_e"
          : letter + '_' + kind + '_' + phases + "_e";
    }

    private int place(int phase) {
      return first + phase;
    }

    private String text(long value) {
      return decimal(value, decimals);
    }
  }
}
