package org.meterledger.driver;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something noticed while reading that a person should be able to see later; becomes a logbook
 * line.
 *
 * @param detail what goes with it, in words a page can show as it is (indexes, times); never null
 */
public record Finding(Kind kind, Map<String, String> detail) {
  public Finding {
    detail = Collections.unmodifiableMap(new LinkedHashMap<>(detail));
  }

  /** The kinds; the code is what the logbook stores, so it never changes. */
  public enum Kind {
    /** The meter's index started anew: detail {@code before}, {@code after}. */
    INDEX_RESTARTED(1),
    /** The ring buffer had been overwritten before it was read: {@code from}, {@code to}. */
    ROWS_OVERWRITTEN(2),
    /** The same index stood at rows that differ: {@code index}. */
    INDEX_TWICE(3),
    /** The time between rows is not what it was: {@code before}, {@code after} in seconds. */
    CAPTURE_PERIOD_CHANGED(4),
    /** The rows name another meter than the one asked: {@code serial}. */
    OTHER_SERIAL(5),
    /** Rows were refused: {@code index}, {@code reason}. */
    ROW_REFUSED(6),
    /** A row was given again with other values: {@code index}, {@code periodEnd}. */
    ROW_SUPERSEDED(7),
    /**
     * What the meter says of its settings has changed: {@code setting}, {@code before}, {@code
     * after}.
     */
    SETTING_CHANGED(8),
    /** The meter's clock is further off than it may be: {@code drift}, {@code limit}. */
    CLOCK_OFF(9),
    /** Previous values of a period were given again with other values: {@code periodEnd}. */
    PREVIOUS_VALUES_SUPERSEDED(10),
    /** Demand of a period was given again with other values: {@code periodEnd}. */
    DEMAND_SUPERSEDED(11),
    /**
     * A register does not go on from where it stood when it was last read: {@code register}, {@code
     * before}, {@code after}, {@code periodEnd}.
     */
    REGISTERS_RESTARTED(12),
    /**
     * A signed record came under the number of another that differs, and was refused: {@code
     * number}, {@code before}, {@code now}, the digests.
     */
    CHARGING_RECORD_TWICE(20),
    /** The meter tells another public key: {@code before}, {@code now}, the fingerprints. */
    CHARGING_KEY_CHANGED(21),
    /** What the meter gave as a signed record is none; it is kept: {@code sha256}, {@code why}. */
    CHARGING_RECORD_UNREADABLE(22);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    public int code() {
      return code;
    }
  }
}
