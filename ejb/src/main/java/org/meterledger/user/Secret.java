package org.meterledger.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** Random secrets that people or programs carry, and the hash under which they are kept. */
final class Secret {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** Crockford's base 32: no letter can be taken for a digit. */
  private static final String READABLE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private Secret() {}

  /** 256 random bits after a prefix by which a scanner for leaked secrets can know them. */
  static String token(String prefix) {
    byte[] bits = new byte[32];
    RANDOM.nextBytes(bits);
    return prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /** 120 random bits in six groups of four, to be typed. */
  static String typed() {
    var text = new StringBuilder();
    for (int i = 0; i < 24; i++) {
      if (i > 0 && i % 4 == 0) {
        text.append('-');
      }
      text.append(READABLE.charAt(RANDOM.nextInt(READABLE.length())));
    }
    return text.toString();
  }

  /** As a typed one is hashed, whatever the person made of its groups. */
  static String folded(String typed) {
    return typed.toUpperCase(Locale.ROOT).replaceAll("[^0-9A-Z]", "");
  }

  static byte[] hash(String secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
