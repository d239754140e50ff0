package org.meterledger.charging;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The public keys of one meter.
 *
 * @param registered all that ever were, newest first
 * @param told what the meter itself says; null before it was asked
 */
public record MeterKeys(List<RegisteredKey> registered, Told told) {

  public MeterKeys {
    registered = List.copyOf(registered);
  }

  /**
   * A key as the meter tells it. It proves nothing: what signs is what tells.
   *
   * @param text as the meter writes it
   * @param fingerprint null where the text is no key
   * @param since when the meter was first seen to say so
   */
  public record Told(String text, String fingerprint, Instant at, Instant since) {}

  /** How what the meter tells compares with what is registered. */
  public enum Comparison {
    SAME,
    DIFFERENT,
    NOT_REGISTERED,
    NOT_TOLD
  }

  /** The one that counts for new records. */
  public Optional<RegisteredKey> current() {
    return registered.stream().filter(each -> !each.withdrawn()).findFirst();
  }

  /** For who changes it: the id of the current key, 0 without one. */
  public int version() {
    return current().map(RegisteredKey::id).orElse(0);
  }

  /**
   * The one that counted when a record was made; for a record whose time nobody knows, the current.
   */
  public Optional<RegisteredKey> at(Instant madeAt) {
    return madeAt.equals(Instant.EPOCH)
        ? current()
        : registered.stream()
            .filter(each -> !each.withdrawn() && !each.validFrom().isAfter(madeAt))
            .findFirst();
  }

  public Comparison comparison() {
    if (current().isEmpty()) {
      return Comparison.NOT_REGISTERED;
    }
    return told == null ? Comparison.NOT_TOLD : compare(current().get().key());
  }

  /** A key that is about to be registered with what the meter tells. */
  public Comparison compare(ChargingPublicKey key) {
    if (told == null) {
      return Comparison.NOT_TOLD;
    }
    return key.fingerprint().equals(told.fingerprint()) ? Comparison.SAME : Comparison.DIFFERENT;
  }

  /**
   * Whether a record is what the meter signed.
   *
   * @param serialNumber of the meter
   */
  public JudgedRecord judge(ArchivedRecord record, String serialNumber) {
    var counted = at(record.madeAt()).orElse(null);
    var key = counted == null ? null : counted.key();
    try {
      var read = OcmfRecord.of(record.bytes());
      return new JudgedRecord(record, read, Verdict.of(read, key, serialNumber), counted);
    } catch (NotOcmf e) {
      return new JudgedRecord(record, null, Verdict.of(e), counted);
    }
  }
}
