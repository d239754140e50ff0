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

  /** From Iron to Platinum; one and three phases, direct and indirect. */
  private static final String[] LABELS = {
    "B23 512-100", "A44 512-100", "B21 312-100", "A43 412-100", "B24 212-100", "A41 512-100",
    "B21 012-100", "B23 112-100", "B24 312-100", "A42 412-100", "B23 412-100", "A43 212-100"
  };

  private static final String[] LOCATIONS = {"Level1", "Level2", "Basement", "Roof"};

  private G13Fleet() {}

  /**
   * Gateways whose meters are all registered; addresses from 17 on. Every fourth meter is on the
   * wired M-Bus, the others on the EQ bus; serials begin with ABB.
   *
   * @param gateways how many, from 1
   * @param meters on each, from 1 to 99
   * @param days of history before {@code now}, whole UTC days
   * @param seed the same seed gives the same meters
   * @param eventful whether power failures and clock corrections happen by themselves
   */
  public static List<GatewaySettings> of(
      int gateways, int meters, int days, long seed, boolean eventful, Instant now) {
    Instant commissioned = now.truncatedTo(ChronoUnit.DAYS).minus(days, ChronoUnit.DAYS);
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

  /** One gateway with {@link #METERS} meters to which nothing happens by itself. */
  public static GatewaySettings one(int days, Instant now) {
    return of(1, METERS, days, 1, false, now).get(0);
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
