package org.meterledger.driver.dmed4;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * The public key in one spelling, whatever transport told it: with its curve as the hexadecimal
 * digits of its DER, else as those of the two coordinates.
 */
final class PublicKeyText {

  private static final String HEX = "(?:[0-9a-fA-F]{2})+";
  private static final int SEQUENCE = 0x30;
  private static final int LONG_FORM = 0x80;

  private PublicKeyText() {}

  /** Of register 4F20: DER, or either of the texts, with zeros behind. */
  static Optional<String> ofBytes(byte[] bytes) {
    return der(bytes)
        .or(() -> ofText(new String(bytes, java.nio.charset.StandardCharsets.US_ASCII)));
  }

  /** Of {@code public_key_ocmf}: DER in hexadecimal or base64. */
  static Optional<String> ofText(String told) {
    var text = told.replaceAll("[\\s\\x00]", "");
    if (text.matches(HEX)) {
      return der(HexFormat.of().parseHex(text));
    }
    try {
      return der(Base64.getDecoder().decode(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The two coordinates; empty where there are none. */
  static Optional<String> ofCoordinates(String hex) {
    var text = hex.strip().toLowerCase(Locale.ROOT);
    return text.matches(HEX) && !text.matches("0*") ? Optional.of(text) : Optional.empty();
  }

  /** Without what stands behind the end that DER itself tells. */
  private static Optional<String> der(byte[] bytes) {
    if (bytes.length < 2 || bytes[0] != SEQUENCE) {
      return Optional.empty();
    }
    var first = bytes[1] & 0xff;
    var length = first < LONG_FORM ? first + 2 : first == 0x81 ? (bytes[2] & 0xff) + 3 : 0;
    return length > 2 && length <= bytes.length
        ? Optional.of(HexFormat.of().formatHex(bytes, 0, length))
        : Optional.empty();
  }
}
