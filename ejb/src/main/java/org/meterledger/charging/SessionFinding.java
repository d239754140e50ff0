package org.meterledger.charging;

import java.util.List;
import java.util.Objects;

/**
 * What somebody who bills a session must know.
 *
 * @param record the pagination of the record that it is about, as {@code T12}; a dash where that
 *     has none
 * @param values for the sentence, in the order that the code tells
 */
public record SessionFinding(Code code, String record, List<String> values) {

  /** Closed list. */
  public enum Code {
    /** Records are missing. Values: the first and the last of them. */
    GAP,
    /** A number stands on two records of different content. No values. */
    NUMBER_REPEATED,
    /** Values: the number before. */
    NUMBER_WENT_BACK,
    /** A record has no number, so that nobody can say whether one is missing. No values. */
    NO_NUMBER,
    /** A session without its first record. No values. */
    NO_BEGIN,
    /** The next session begins and this one has not ended. No values. */
    NO_END,
    /** A later record tells another begin. Values: register, value at first, value now. */
    BEGIN_DIFFERS,
    /** Values: serial numbers at first, now. */
    SERIAL_NUMBER_DIFFERS,
    /** Values: fingerprints at first, now. */
    KEY_DIFFERS,
    /** Another mark of the person than at first. No values, for they are personal. */
    IDENTIFICATION_DIFFERS,
    /** Values: the time as the record writes it, or nothing. */
    TIME_UNREADABLE,
    /**
     * The clock was not set, or the record does not tell. Values: the time as the record writes it.
     */
    TIME_UNKNOWN,
    /** The clock is good for information only. Values: the time as the record writes it. */
    TIME_INFORMATIVE,
    /** Time or energy are of no use from here on. No values. */
    EXCEPTION,
    /** Values: the flags, E for energy, t for time. */
    ERROR_FLAGS,
    /** The meter was not well. Values: its status. */
    METER_STATUS,
    /**
     * The display of the meter began again at zero; the record counts on. Values: register, or a
     * dash.
     */
    ROLLED_OVER,
    /** The end is less than the begin, so there is no energy. Values: register, begin, end. */
    VALUE_WENT_BACK,
    /** Begin and end have different units, so there is no energy. Values: register, both units. */
    UNIT_DIFFERS,
    /** Less than at the end of the session before. Values: register, value then, value now. */
    REGISTER_WENT_BACK
  }

  public SessionFinding {
    Objects.requireNonNull(code);
    Objects.requireNonNull(record);
    values = List.copyOf(values);
  }

  SessionFinding(Code code, SessionRecord record, String... values) {
    this(code, record.number(), List.of(values));
  }
}
