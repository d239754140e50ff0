package org.meterledger.charging;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.meterledger.charging.Verdict.Reason;

/**
 * How a {@link Verdict} is reached. Nothing protects the section of the signature, so the curve
 * comes from the key, and what the section names may only agree with it.
 */
final class Verification {

  private static final Pattern ALGORITHM =
      Pattern.compile("ECDSA-(.+)-SHA-?256", Pattern.CASE_INSENSITIVE);
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final int LONGEST_WORD = 60;

  private final OcmfRecord record;
  private final OcmfRecord.Signature signature;
  private final ChargingPublicKey key;
  private final String serialNumber;

  Verification(OcmfRecord record, ChargingPublicKey key, String serialNumber) {
    this.record = record;
    this.signature = record.signature();
    this.key = key;
    this.serialNumber = serialNumber;
  }

  Verdict verdict() {
    if (key == null) {
      return new Verdict(Reason.NO_KEY);
    }
    return algorithm().or(this::form).orElseGet(this::numbers);
  }

  /** Why the algorithm cannot be the key's; empty where it is. */
  private Optional<Verdict> algorithm() {
    var named = orElse(signature.algorithm(), OcmfRecord.Signature.DEFAULT_ALGORITHM);
    var parts = ALGORITHM.matcher(named);
    if (!parts.matches()) {
      return Optional.of(new Verdict(Reason.UNKNOWN_ALGORITHM, word(named)));
    }
    var curve = Curve.named(parts.group(1));
    if (curve.isEmpty()) {
      return Optional.of(new Verdict(Reason.UNKNOWN_CURVE, word(parts.group(1))));
    }
    return curve.get() == key.curve()
        ? Optional.empty()
        : Optional.of(new Verdict(Reason.CURVE_DIFFERS, key.curve().text(), curve.get().text()));
  }

  /** Why the signature cannot be taken apart; empty where it can. */
  private Optional<Verdict> form() {
    if (orElse(signature.data(), "").isBlank()) {
      return Optional.of(new Verdict(Reason.SIGNATURE_MISSING));
    }
    var mimeType = orElse(signature.mimeType(), OcmfRecord.Signature.DER);
    if (!mimeType.equalsIgnoreCase(OcmfRecord.Signature.DER)) {
      return Optional.of(new Verdict(Reason.UNKNOWN_MIME_TYPE, word(mimeType)));
    }
    return encoding().equals("hex") || encoding().equals("base64")
        ? Optional.empty()
        : Optional.of(new Verdict(Reason.UNKNOWN_ENCODING, word(encoding())));
  }

  private Verdict numbers() {
    byte[] bytes;
    try {
      var digits = BLANKS.matcher(signature.data()).replaceAll("");
      bytes =
          encoding().equals("hex")
              ? HexFormat.of().parseHex(digits)
              : Base64.getDecoder().decode(digits);
    } catch (IllegalArgumentException e) {
      return new Verdict(Reason.SIGNATURE_UNREADABLE, encoding());
    }
    return DerSignature.of(bytes)
        .map(this::compared)
        .orElseGet(() -> new Verdict(Reason.SIGNATURE_UNREADABLE, "DER"));
  }

  private Verdict compared(DerSignature numbers) {
    var signer = new ECDSASigner();
    signer.init(false, key.point());
    if (!signer.verifySignature(digest(), numbers.r(), numbers.s())) {
      return new Verdict(Reason.SIGNATURE_DIFFERS, key.curve().text(), key.fingerprint());
    }
    return ofThisMeter()
        ? new Verdict(Reason.SIGNATURE_MATCHES, key.curve().text(), key.fingerprint())
        : new Verdict(
            Reason.SERIAL_NUMBER_DIFFERS,
            word(String.join(" / ", record.serialNumbers())),
            serialNumber);
  }

  /** A record that names neither meter nor gateway is of whoever signed it. */
  private boolean ofThisMeter() {
    var told = record.serialNumbers();
    return serialNumber == null || told.isEmpty() || told.contains(serialNumber.trim());
  }

  private byte[] digest() {
    try {
      return MessageDigest.getInstance("SHA-256").digest(record.signedBytes());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  private String encoding() {
    return orElse(signature.encoding(), "hex").toLowerCase(Locale.ROOT);
  }

  private static String orElse(String text, String otherwise) {
    return text == null ? otherwise : text;
  }

  /** The section may say anything; a sentence holds only so much of it. */
  private static String word(String text) {
    return text.length() > LONGEST_WORD ? text.substring(0, LONGEST_WORD) + "…" : text;
  }
}
