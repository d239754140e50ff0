package org.meterledger.audit;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;

/**
 * One thing that was done, or refused.
 *
 * @param account its name at that time; null for nobody, and for the portal itself
 * @param tokenId of the API token that came; null for a person at a page
 * @param address of the client; null where no request was made
 * @param action as {@code METER_CHANGE}
 * @param subject serial number, name or id of what it was done to; null where there is none
 * @param before as JSON; null where there was nothing before
 * @param after as JSON; null where there is nothing afterwards
 */
public record AuditEntry(
    long id,
    Instant at,
    Integer accountId,
    String account,
    Integer tokenId,
    String address,
    String correlationId,
    String action,
    String subject,
    Outcome outcome,
    String before,
    String after)
    implements Serializable {

  /** How it ended. */
  public enum Outcome {
    DONE,
    /** The caller may not, or it does not exist for the caller. */
    DENIED,
    FAILED
  }

  /** SHA-256 of all that is said here; a part that is absent differs from an empty one. */
  byte[] digest() {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (Object part :
          new Object[] {
            id,
            at,
            accountId,
            account,
            tokenId,
            address,
            correlationId,
            action,
            subject,
            outcome,
            before,
            after
          }) {
        if (part == null) {
          sha.update((byte) 0);
        } else {
          byte[] text = part.toString().getBytes(StandardCharsets.UTF_8);
          sha.update((byte) 1);
          sha.update(Integer.toString(text.length).getBytes(StandardCharsets.UTF_8));
          sha.update((byte) ':');
          sha.update(text);
        }
      }
      return sha.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
