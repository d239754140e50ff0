package org.meterledger.driver.dmed4;

import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.RefusedRow;

/**
 * What a meter gave in full when it was asked for a record of its log.
 *
 * @param record null where it is none
 * @param number the running number of the record; null where it is not known
 * @param refusal why it is none; null where it is one
 */
record LogPlace(RecordText record, Long number, Refusal refusal) {

  static final String DENIED = "denied";
  static final String LENGTH = "length";
  static final String UNREADABLE = "unreadable";

  private static final int LONGEST_RAW = 4096;

  /**
   * Why there is no record.
   *
   * @param reason as in {@link RefusedRow}
   * @param fault for who asked for just this record
   * @param raw as received
   */
  record Refusal(String reason, Fault fault, String raw) {}

  static LogPlace of(RecordText record, Long number) {
    return new LogPlace(record, number, null);
  }

  static LogPlace denied(String sentence, String answer) {
    var raw = answer == null ? "" : answer;
    return new LogPlace(
        null, null, new Refusal(DENIED, new Fault(Kind.UNSUPPORTED, sentence, answer), raw));
  }

  /** Of the record that was asked for something came that is none. */
  static LogPlace unreadable(String reason, Fault fault, byte[] bytes) {
    var raw = RefusedRow.raw(bytes);
    var cut = raw.substring(0, Math.min(raw.length(), LONGEST_RAW));
    return new LogPlace(null, null, new Refusal(reason, withAnswer(fault, raw), cut));
  }

  private static Fault withAnswer(Fault fault, String raw) {
    return fault.answer() != null || raw.isEmpty()
        ? fault
        : new Fault(fault.kind(), fault.detail(), raw);
  }
}
