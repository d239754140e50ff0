package org.meterledger.driver;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A row that the portal did not take, kept as it came.
 *
 * @param sequence the meter's running number of the row; -1 where that itself could not be read
 * @param reason a short key, the same for the same rule: {@code columns}, {@code number}, {@code
 *     range}, {@code time}, {@code future}, {@code serial}, {@code unreadable}, {@code length},
 *     {@code denied} (the meter does not give what it counts as held), {@code unanswered} (session
 *     after session it gave no answer that is one), {@code twice} (another stands under its number)
 * @param field the field that broke the rule; empty where the row as a whole did
 * @param raw the row as received, as {@link #raw(byte[])} where it came in bytes, at most some
 *     thousand characters
 */
public record RefusedRow(long sequence, String reason, String field, String raw) {

  /**
   * Bytes so that none is lost: text where they are UTF-8 without control characters but white
   * space, else {@code 0x} and hexadecimal digits.
   */
  public static String raw(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.chars().allMatch(c -> !Character.isISOControl(c) || Character.isWhitespace(c))) {
        return text;
      }
    } catch (CharacterCodingException e) {
      // no text
    }
    return "0x" + HexFormat.of().formatHex(bytes);
  }
}
