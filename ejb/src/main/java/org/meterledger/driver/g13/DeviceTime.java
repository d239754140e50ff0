package org.meterledger.driver.g13;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Turns the local times of a device, which name no zone, into instants and back.
 *
 * @param zone the device stands in
 * @param daylightSaving whether the device's clock follows daylight saving time; it is then taken
 *     to change when its zone does. Else it shows standard time all year.
 */
record DeviceTime(ZoneId zone, boolean daylightSaving) {

  private static final Duration SAVING = Duration.ofHours(1);

  /** The device's clock now, by what it says of itself: there is no doubt in the autumn. */
  Instant now(LocalDateTime local, boolean saving) {
    var standard = local.toInstant(standard(local));
    return saving ? standard.minus(SAVING) : standard;
  }

  private ZoneOffset standard(LocalDateTime local) {
    return zone.getRules().getStandardOffset(local.toInstant(ZoneOffset.UTC));
  }

  /**
   * The instants of times in the order of recording. Of the two that an hour in autumn has, the
   * first counts as long as times do not go back.
   */
  List<Instant> instants(List<LocalDateTime> recorded) {
    var instants = new ArrayList<Instant>();
    Instant before = null;
    for (LocalDateTime local : recorded) {
      var instant = instant(local, before);
      instants.add(instant);
      before = instant;
    }
    return instants;
  }

  private Instant instant(LocalDateTime local, Instant before) {
    if (!daylightSaving) {
      return local.toInstant(standard(local));
    }
    var offsets = zone.getRules().getValidOffsets(local);
    if (offsets.size() < 2) {
      return local.atZone(zone).toInstant();
    }
    var first = local.toInstant(offsets.get(0));
    var second = local.toInstant(offsets.get(1));
    return before != null && !first.isAfter(before) && second.isAfter(before) ? second : first;
  }

  LocalDateTime local(Instant instant) {
    return daylightSaving
        ? LocalDateTime.ofInstant(instant, zone)
        : LocalDateTime.ofInstant(instant, zone.getRules().getStandardOffset(instant));
  }
}
