package org.meterledger.simulators.g13;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.simulators.LoadShape;

/** Gateways with a mixed lot of meters, for demonstrations, benchmarks and tests. */
public final class G13Fleet {
  /** Meters of a gateway unless told otherwise. */
  public static final int METERS = 12;

  private static final Instant COMMISSIONED = Instant.parse("2026-01-01T00:00:00Z");

  /** From Iron to Platinum; one and three phases, direct and indirect. */
  private static final String[] LABELS = {
    "B23 512-100", "A44 512-100", "B21 312-100", "A43 412-100", "B24 212-100", "A41 512-100",
    "B21 012-100", "B23 112-100", "B24 312-100", "A42 412-100", "B23 412-100", "A43 212-100"
  };

  private static final String[] LOCATIONS = {"Level1", "Level2", "Basement", "Roof"};

  private G13Fleet() {}

  /**
   * Gateways of a demonstration: commissioned on a fixed day, so that a simulator started again
   * later goes on with the same history, and with power failures and clock corrections now and
   * then. All meters are registered; every fourth is on the wired M-Bus, the others on the EQ bus;
   * addresses from 17 on.
   *
   * @param gateways how many, from 1
   * @param meters on each, from 1 to 99
   * @param seed the same seed gives the same meters
   */
  public static List<GatewaySettings> demonstration(int gateways, int meters, long seed) {
    return gateways(gateways, meters, seed, true, COMMISSIONED);
  }

  /**
   * The same lot, but new: counting begins with the first day of history, and nothing happens by
   * itself.
   *
   * @param days of history before {@code now}, whole UTC days
   * @see #demonstration
   */
  public static List<GatewaySettings> fresh(
      int gateways, int meters, int days, long seed, Instant now) {
    Instant commissioned = now.truncatedTo(ChronoUnit.DAYS).minus(days, ChronoUnit.DAYS);
    return gateways(gateways, meters, seed, false, commissioned);
  }

  /** One gateway with {@link #METERS} fresh meters. */
  public static GatewaySettings one(int days, Instant now) {
    return fresh(1, METERS, days, 1, now).get(0);
  }

  private static List<GatewaySettings> gateways(
      int gateways, int meters, long seed, boolean eventful, Instant commissioned) {
    List<GatewaySettings> fleet = new ArrayList<>(gateways);
    for (int number = 0; number < gateways; number++) {
      List<MeterSettings> lot = new ArrayList<>(meters);
      for (int place = 0; place < meters; place++) {
        lot.add(meter(number, place, seed, eventful, commissioned));
      }
      fleet.add(GatewaySettings.of(String.format("ABBG13%06d", number + 1), lot));
    }
    return fleet;
  }

  private static MeterSettings meter(
      int gateway, int place, long seed, boolean eventful, Instant commissioned) {
    String serial = String.format("ABB%06d%02d", gateway + 1, place + 1);
    int protocol = place % 4 == 3 ? MeterSettings.MBUS_WIRED : MeterSettings.EQ_BUS;
    MeterSettings meter =
        MeterSettings.of(serial, LABELS[place % LABELS.length], commissioned)
            .withLoad(
                LoadShape.values()[place % LoadShape.values().length],
                seed * 1_000_003 + gateway * 100L + place)
            .on(protocol, 17 + place)
            .named("Meter " + (place + 1), LOCATIONS[place % LOCATIONS.length]);
    return eventful ? meter.inTroubledTimes() : meter;
  }
}
