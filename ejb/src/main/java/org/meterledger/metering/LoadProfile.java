package org.meterledger.metering;

import java.time.Duration;
import java.util.List;

/**
 * Interval data as the meter gave it (IEC 62056-6-2 class 7).
 *
 * @param obis the profile's own code, for example 1-0:99.1.0*255
 * @param capturePeriod between two rows; null while too few rows are known to tell
 * @param channels what the columns hold, 1..64
 * @param rows oldest first by the meter's own index
 */
public record LoadProfile(
    ObisCode obis, Duration capturePeriod, List<Channel> channels, List<ProfileRow> rows) {
  public LoadProfile {
    channels = List.copyOf(channels);
    rows = List.copyOf(rows);
  }
}
