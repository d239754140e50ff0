package org.meterledger.metering;

import java.time.Duration;
import java.util.List;

/**
 * Interval data as the meter gave it (IEC 62056-6-2 class 7).
 *
 * @param obis the profile's own code, for example 1-0:99.1.0*255
 * @param capturePeriod between two rows; null while too few rows are known to tell
 * @param step by how much the numbers of two rows differ that the meter recorded one after the
 *     other: 1 for its own running number, more where the number stands for the time
 * @param channels what the columns hold, 1..64
 * @param rows oldest first by the meter's own index
 */
public record LoadProfile(
    ObisCode obis,
    Duration capturePeriod,
    long step,
    List<Channel> channels,
    List<ProfileRow> rows) {

  /** With running numbers. */
  public LoadProfile(
      ObisCode obis, Duration capturePeriod, List<Channel> channels, List<ProfileRow> rows) {
    this(obis, capturePeriod, 1, channels, rows);
  }

  public LoadProfile {
    channels = List.copyOf(channels);
    rows = List.copyOf(rows);
  }
}
