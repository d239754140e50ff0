package org.meterledger.charging;

import java.util.Optional;

/**
 * An archived record, what it says, and what it is worth.
 *
 * @param read null where it is no record
 * @param key that counted when it was made; null where none did
 */
public record JudgedRecord(
    ArchivedRecord archived, OcmfRecord read, Verdict verdict, RegisteredKey key) {

  /** Whether the meter said along with it that its display rolled over. */
  public boolean rolledOver() {
    return Boolean.TRUE.equals(archived.rolledOver());
  }

  /** For sessions; empty where it is no record. */
  Optional<SessionRecord> signed() {
    var fingerprint = key == null ? null : key.key().fingerprint();
    return Optional.ofNullable(read)
        .map(it -> new SessionRecord(it, verdict, fingerprint, rolledOver()));
  }
}
