package org.meterledger.charging;

import java.util.List;
import java.util.Objects;

/**
 * Whether a record is what the meter signed, and why.
 *
 * @param values for the sentence that explains the reason, in the order that it tells; no personal
 *     data
 */
public record Verdict(Reason reason, List<String> values) {

  public Verdict {
    Objects.requireNonNull(reason);
    values = List.copyOf(values);
  }

  Verdict(Reason reason, String... values) {
    this(reason, List.of(values));
  }

  /** In the order in which the worse one counts. */
  public enum Result {
    VALID,
    /** Nobody can say: something is missing, or not known here. */
    UNVERIFIABLE,
    INVALID
  }

  /** Closed list; each tells the result. */
  public enum Reason {
    /** The signature is that of the key. Values: curve, fingerprint. */
    SIGNATURE_MATCHES(Result.VALID),
    /** The text was changed, or another key signed it. Values: curve, fingerprint. */
    SIGNATURE_DIFFERS(Result.INVALID),
    /** Values: curve of the key, curve that the record names. */
    CURVE_DIFFERS(Result.INVALID),
    /** Signed by the key, for another meter. Values: serial number in the record, of the meter. */
    SERIAL_NUMBER_DIFFERS(Result.INVALID),
    /** The record has no signature. No values. */
    SIGNATURE_MISSING(Result.INVALID),
    /**
     * The signature is not written as the record says. Values: {@code hex}, {@code base64} or
     * {@code DER}.
     */
    SIGNATURE_UNREADABLE(Result.INVALID),
    /** No key is registered. No values. */
    NO_KEY(Result.UNVERIFIABLE),
    /** Values: what the record names. */
    UNKNOWN_ALGORITHM(Result.UNVERIFIABLE),
    /** Values: what the record names. */
    UNKNOWN_CURVE(Result.UNVERIFIABLE),
    /** Values: what the record names. */
    UNKNOWN_ENCODING(Result.UNVERIFIABLE),
    /** Values: what the record names. */
    UNKNOWN_MIME_TYPE(Result.UNVERIFIABLE),
    /** Values: the {@link NotOcmf.Rule}, the field or nothing, the position. */
    NOT_OCMF(Result.UNVERIFIABLE);

    private final Result result;

    Reason(Result result) {
      this.result = result;
    }

    public Result result() {
      return result;
    }
  }

  public Result result() {
    return reason.result();
  }

  public boolean valid() {
    return result() == Result.VALID;
  }

  /**
   * Of a text, which need not be a record.
   *
   * @param key as registered for the meter; null where none is
   * @param serialNumber of the meter that the record must be of; null where that is not asked
   */
  public static Verdict of(String text, ChargingPublicKey key, String serialNumber) {
    try {
      return of(OcmfRecord.of(text), key, serialNumber);
    } catch (NotOcmf e) {
      return of(e);
    }
  }

  /** Of what is no record. */
  static Verdict of(NotOcmf why) {
    return new Verdict(
        Reason.NOT_OCMF, why.rule().name(), why.field(), Integer.toString(why.position()));
  }

  /**
   * Of a record: first the signature, then whether it is this meter's.
   *
   * @param key as registered for the meter; null where none is
   * @param serialNumber of the meter that the record must be of: its MS or its GS; null where that
   *     is not asked
   */
  public static Verdict of(OcmfRecord record, ChargingPublicKey key, String serialNumber) {
    return new Verification(record, key, serialNumber).verdict();
  }
}
