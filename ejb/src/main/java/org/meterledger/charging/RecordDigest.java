package org.meterledger.charging;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a record's text in UTF-8, by which it is told from all others and found in the
 * archive.
 */
public record RecordDigest(String hex) {

  private static final String HEX = "[0-9a-f]{64}";

  /**
   * @param hex 64 hexadecimal digits, small letters
   * @throws IllegalArgumentException when it is something else
   */
  public RecordDigest {
    if (!hex.matches(HEX)) {
      throw new IllegalArgumentException("A digest is 64 hexadecimal digits in small letters");
    }
  }

  public static RecordDigest of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  public static RecordDigest of(byte[] text) {
    try {
      return new RecordDigest(
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has it
    }
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }
}
