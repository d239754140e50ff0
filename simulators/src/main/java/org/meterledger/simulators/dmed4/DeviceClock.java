package org.meterledger.simulators.dmed4;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The meter's own clock: true time with an error that synchronizing takes away for a while. */
final class DeviceClock {
  private static final DateTimeFormatter OCMF =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss,SSS");

  private long shiftMillis;
  private int offsetMinutes;
  private Instant synchronizedAt = Instant.MIN;

  /** Sets the clock to a second of 1970 on, as true time is {@code now}. */
  void set(Instant now, long unixSeconds) {
    shiftMillis = unixSeconds * 1000 - now.toEpochMilli();
    synchronizedAt = now;
  }

  /** Puts the clock wrong without that the meter knows it. */
  void shift(Duration error) {
    shiftMillis += error.toMillis();
  }

  void forgetSynchronization() {
    synchronizedAt = Instant.MIN;
  }

  boolean isSynchronized(Instant now, long timeoutMinutes) {
    return !synchronizedAt.equals(Instant.MIN)
        && now.isBefore(synchronizedAt.plus(Duration.ofMinutes(timeoutMinutes)));
  }

  int offsetMinutes() {
    return offsetMinutes;
  }

  void setOffset(long minutes) {
    if (Math.abs(minutes) > 900 || minutes % 15 != 0) {
      throw Refusal.value("datetime_offset " + minutes);
    }
    offsetMinutes = (int) minutes;
  }

  long unixSeconds(Instant now) {
    return Math.floorDiv(now.toEpochMilli() + shiftMillis, 1000L);
  }

  /** {@code TM} of a reading, with S for synchronized and U for unknown. */
  String ocmf(Instant now, boolean isSynchronized) {
    long millis = now.toEpochMilli() + shiftMillis;
    LocalDateTime local =
        LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC)
            .plusMinutes(offsetMinutes);
    int minutes = Math.abs(offsetMinutes);
    return OCMF.format(local)
        + String.format(
            Locale.ROOT,
            "%s%02d%02d %s",
            offsetMinutes < 0 ? "-" : "+",
            minutes / 60,
            minutes % 60,
            isSynchronized ? "S" : "U");
  }
}
