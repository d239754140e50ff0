package org.meterledger.charging;

import java.util.Objects;

/**
 * A record as sessions are made of: what it says, and what is known about it beside its text.
 *
 * @param verdict of the record
 * @param keyFingerprint of the key that the verdict was reached with; null where there was none
 * @param rolledOver whether the meter said that its display rolled over, which a DMED4 tells beside
 *     the record (register 4201, bit 6); false also where nobody knows
 */
public record SessionRecord(
    OcmfRecord record, Verdict verdict, String keyFingerprint, boolean rolledOver) {

  public SessionRecord {
    Objects.requireNonNull(record);
    Objects.requireNonNull(verdict);
  }

  /** The verdict by a key. */
  public static SessionRecord of(OcmfRecord record, ChargingPublicKey key, String serialNumber) {
    return new SessionRecord(
        record,
        Verdict.of(record, key, serialNumber),
        key == null ? null : key.fingerprint(),
        false);
  }

  /** The pagination as in the record; a dash where it has none. */
  String number() {
    return record.pagination() == null ? "–" : record.pagination().toString();
  }

  boolean begins() {
    return record.readings().stream()
        .anyMatch(each -> each.transaction() == OcmfReading.Transaction.BEGIN);
  }

  boolean ends() {
    return record.readings().stream()
        .anyMatch(each -> each.transaction() != null && each.transaction().ends());
  }
}
