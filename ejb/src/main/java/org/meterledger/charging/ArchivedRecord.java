package org.meterledger.charging;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * A signed record as the archive holds it.
 *
 * @param digest of the text when it came
 * @param bytes the text in UTF-8
 * @param madeAt of its last reading; {@link Instant#EPOCH} where it tells no time that can be
 * @param pagination null where it tells none that can be read
 * @param progressive the meter's own number; null where it told none
 * @param rolledOver whether the meter told along with it that its display rolled over; null where
 *     nobody knows
 */
public record ArchivedRecord(
    RecordDigest digest,
    byte[] bytes,
    Instant madeAt,
    String pagination,
    Long progressive,
    Boolean rolledOver,
    Instant receivedAt) {

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Whether the text is still the one that came. */
  public boolean intact() {
    return RecordDigest.of(bytes).equals(digest);
  }
}
