package org.meterledger.simulators.dmed4;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** Bytes and numbers as the meter writes them. */
final class Texts {
  private Texts() {}

  static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }

  /** Eight hex digits. */
  static String checksum(long value) {
    return String.format(Locale.ROOT, "%08X", value);
  }

  static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
