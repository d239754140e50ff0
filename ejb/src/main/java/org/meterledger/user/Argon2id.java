package org.meterledger.user;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Password hashes by Argon2id (RFC 9106), written as PHC strings, so that the cost can be raised
 * later without losing the hashes there are.
 *
 * @param memoryKib of one computation
 * @param passes over that memory
 * @param lanes the parallelism that goes into the result; computed one after the other
 */
record Argon2id(int memoryKib, int passes, int lanes) {

  /** OWASP Password Storage Cheat Sheet, "Argon2id": 19 MiB, 2 passes, 1 lane. */
  static final Argon2id RECOMMENDED = new Argon2id(19_456, 2, 1);

  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Pattern PHC =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})"
              + "\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{16,86})");

  String hash(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    byte[] hash = compute(password, salt, HASH_BYTES);
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(
            memoryKib, passes, lanes, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  /** Whether this password gave that hash; compares in constant time. */
  static boolean matches(String phc, String password) {
    var parts = parse(phc);
    byte[] expected = Base64.getDecoder().decode(parts.group(5));
    byte[] salt = Base64.getDecoder().decode(parts.group(4));
    return MessageDigest.isEqual(expected, cost(parts).compute(password, salt, expected.length));
  }

  /** Whether the hash was made at another cost than this one. */
  boolean differs(String phc) {
    return !equals(cost(parse(phc)));
  }

  private static Matcher parse(String phc) {
    var parts = PHC.matcher(phc);
    if (!parts.matches()) {
      throw new IllegalArgumentException("Not a PHC string of Argon2id version 19");
    }
    return parts;
  }

  private static Argon2id cost(Matcher parts) {
    return new Argon2id(
        Integer.parseInt(parts.group(1)),
        Integer.parseInt(parts.group(2)),
        Integer.parseInt(parts.group(3)));
  }

  private byte[] compute(String password, byte[] salt, int length) {
    var generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] hash = new byte[length];
    generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }
}
