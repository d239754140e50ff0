package org.meterledger.simulators.meterextension;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.simulators.LoadShape;

/** A mixed lot of boxes for demonstrations. */
public final class MeterExtensionFleet {
  /** A fixed day, so that a simulator started again tomorrow goes on counting. */
  private static final Instant MOUNTED = Instant.parse("2025-01-01T00:00:00Z");

  private static final Region[] REGIONS = {
    Region.AUSTRIA, Region.AUSTRIA, Region.NORWAY, Region.NETHERLANDS, Region.GERMANY
  };

  private MeterExtensionFleet() {}

  /**
   * Boxes of several regions. Every fifth hears two meters; of ten the second has not been told its
   * key.
   *
   * @param count how many, from 1
   * @param seed the same seed gives the same boxes
   */
  public static List<MeterExtension.Settings> demonstration(int count, long seed) {
    List<MeterExtension.Settings> fleet = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      Region region = REGIONS[number % REGIONS.length];
      List<ConnectedMeter.Settings> meters = new ArrayList<>();
      meters.add(meter(region, number, 1, seed));
      if (number % 5 == 4) {
        meters.add(meter(region, number, 2, seed));
      }
      var box = MeterExtension.Settings.of("a0b765%06x".formatted(number + 1), meters);
      fleet.add(number % 10 == 1 ? box.withoutKey() : box);
    }
    return fleet;
  }

  private static ConnectedMeter.Settings meter(Region region, int box, int place, long seed) {
    return new ConnectedMeter.Settings(
        "1KFM0%d00%06d".formatted(place, box + 1),
        region,
        LoadShape.values()[(box + place) % LoadShape.values().length],
        seed * 1_000_003 + box * 10L + place,
        MOUNTED);
  }
}
