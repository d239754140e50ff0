package org.meterledger.user;

import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;

/**
 * Codes by time (RFC 6238): SHA-1, 6 digits, 30 seconds, for other kinds are not understood by
 * every app.
 *
 * @param secret base32 of 160 bits, as an app takes it
 */
record Totp(String secret) {

  /** Before and after the present one; clocks of telephones are not all right. */
  private static final int DRIFT_STEPS = 1;

  private static final int SECRET_BYTES = 20;
  private static final String ISSUER = "Meterledger";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final TimeBasedOneTimePasswordGenerator GENERATOR =
      new TimeBasedOneTimePasswordGenerator();

  static Totp random() {
    byte[] bits = new byte[SECRET_BYTES];
    RANDOM.nextBytes(bits);
    return new Totp(new Base32().encodeAsString(bits));
  }

  /** Of the step at a time. */
  String code(Instant at) {
    try {
      var key = new SecretKeySpec(new Base32().decode(secret), GENERATOR.getAlgorithm());
      return GENERATOR.generateOneTimePasswordString(key, at, Locale.ROOT);
    } catch (InvalidKeyException e) {
      throw new IllegalStateException("Every secret is a key", e);
    }
  }

  /** Numbers the time in which one code is right. */
  static long step(Instant at) {
    return at.getEpochSecond() / GENERATOR.getTimeStep().toSeconds();
  }

  /**
   * The step whose code was typed.
   *
   * @return empty when it is of none near this time
   */
  OptionalLong step(String typed, Instant now) {
    for (int drift = -DRIFT_STEPS; drift <= DRIFT_STEPS; drift++) {
      var at = now.plus(GENERATOR.getTimeStep().multipliedBy(drift));
      if (MessageDigest.isEqual(bytes(code(at)), bytes(typed))) {
        return OptionalLong.of(step(at));
      }
    }
    return OptionalLong.empty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What apps read from a picture ("Key Uri Format" of Google Authenticator). */
  String uri(String account) {
    return "otpauth://totp/%s:%s?secret=%s&issuer=%s"
        .formatted(
            ISSUER,
            URLEncoder.encode(account, StandardCharsets.UTF_8).replace("+", "%20"),
            secret,
            ISSUER);
  }

  @Override
  public String toString() {
    return "Totp";
  }
}
