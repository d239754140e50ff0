package org.meterledger.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.meterledger.server.InvalidInput;

/** What signs the messages to one webhook, as the Standard Webhooks specification 1.0 has it. */
final class SigningSecret {

  private static final String PREFIX = "whsec_";
  private static final String ALGORITHM = "HmacSHA256";
  private static final int NEW_BYTES = 32;
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final byte[] key;

  private SigningSecret(byte[] key) {
    this.key = key;
  }

  static SigningSecret random() {
    byte[] key = new byte[NEW_BYTES];
    RANDOM.nextBytes(key);
    return new SigningSecret(key);
  }

  /**
   * @param text base64 of 24 to 64 bytes, with its prefix or not
   * @throws InvalidInput when it is something else
   */
  static SigningSecret of(String text) {
    try {
      byte[] key =
          Base64.getDecoder()
              .decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
      if (key.length >= LEAST_BYTES && key.length <= MOST_BYTES) {
        return new SigningSecret(key);
      }
    } catch (IllegalArgumentException e) {
      // as one that is too short
    }
    throw new InvalidInput("secret", "secret", "A secret is base64 of 24 to 64 bytes");
  }

  /** As the receiver is told it; nothing else may print it. */
  String text() {
    return PREFIX + Base64.getEncoder().encodeToString(key);
  }

  /**
   * Value of the header Webhook-Signature.
   *
   * @param timestamp seconds since 1970, as in the header Webhook-Timestamp
   */
  String sign(String messageId, long timestamp, String body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      byte[] signed =
          mac.doFinal((messageId + "." + timestamp + "." + body).getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + " failed", e);
    }
  }
}
