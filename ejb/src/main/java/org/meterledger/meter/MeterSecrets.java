package org.meterledger.meter;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what opens a meter, and what signs for us, with AES-256-GCM (NIST SP 800-38D). Stored
 * form: one byte key id, 12 bytes nonce, cipher text with its 16-byte tag; the key id is
 * authenticated too.
 */
@ApplicationScoped
public class MeterSecrets {

  /** Base64 of 32 random bytes. */
  public static final String MASTER_KEY = "METERLEDGER_MASTER_KEY";

  private static final byte KEY_ID = 1;
  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeySpec key;
  private final SecureRandom random = new SecureRandom();

  public MeterSecrets() {
    this(System.getenv(MASTER_KEY));
  }

  /**
   * @param masterKey base64 of 32 bytes; null or empty for none
   * @throws IllegalArgumentException when it is something else
   */
  public MeterSecrets(String masterKey) {
    if (masterKey == null || masterKey.isBlank()) {
      key = null;
    } else {
      byte[] bytes = Base64.getDecoder().decode(masterKey.strip());
      if (bytes.length != KEY_BYTES) {
        throw new IllegalArgumentException(MASTER_KEY + " must be base64 of 32 bytes");
      }
      key = new SecretKeySpec(bytes, "AES");
    }
  }

  /** Without a master key no secret can be kept. */
  public boolean available() {
    return key != null;
  }

  /**
   * @throws IllegalStateException without a master key
   */
  public byte[] encrypt(String secret) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, nonce);
      byte[] text = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(1 + NONCE_BYTES + text.length)
          .put(KEY_ID)
          .put(nonce)
          .put(text)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /**
   * @throws IllegalStateException when the secret was encrypted under another master key
   */
  public String decrypt(byte[] stored) {
    try {
      byte[] nonce = Arrays.copyOfRange(stored, 1, 1 + NONCE_BYTES);
      var cipher = cipher(Cipher.DECRYPT_MODE, nonce);
      return new String(
          cipher.doFinal(stored, 1 + NONCE_BYTES, stored.length - 1 - NONCE_BYTES),
          StandardCharsets.UTF_8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("It was stored under another " + MASTER_KEY, e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
    if (key == null) {
      throw new IllegalStateException(MASTER_KEY + " is not set");
    }
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(new byte[] {KEY_ID});
    return cipher;
  }
}
