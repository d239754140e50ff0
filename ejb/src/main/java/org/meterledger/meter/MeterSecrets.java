package org.meterledger.meter;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what opens a meter, and what signs for us, with AES-256-GCM (NIST SP 800-38D). Stored
 * form: one byte id of the master key, 12 bytes nonce, cipher text with its 16-byte tag; the key id
 * is authenticated too.
 */
@ApplicationScoped
public class MeterSecrets {

  /** As {@link MasterKeys} reads it. */
  public static final String MASTER_KEY = MasterKeys.VARIABLE;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int SHORTEST = 1 + NONCE_BYTES + TAG_BITS / 8;

  private final MasterKeys keys;
  private final SecureRandom random = new SecureRandom();

  public MeterSecrets() {
    this(MasterKeys.of(System.getenv()));
  }

  /**
   * @param masterKeys as {@link MasterKeys} reads them; null or empty for none
   * @throws IllegalArgumentException when it is something else
   */
  public MeterSecrets(String masterKeys) {
    this(MasterKeys.parse(masterKeys));
  }

  private MeterSecrets(MasterKeys keys) {
    this.keys = keys;
  }

  public static MeterSecrets under(MasterKeys keys) {
    return new MeterSecrets(keys);
  }

  /** Without a master key no secret can be kept. */
  public boolean available() {
    return !keys.isEmpty();
  }

  public MasterKeys keys() {
    return keys;
  }

  /** The id of the master key under which a secret was stored. */
  public static int keyId(byte[] stored) {
    return Byte.toUnsignedInt(stored[0]);
  }

  /**
   * @throws IllegalStateException without a master key
   */
  public byte[] encrypt(String secret) {
    return encrypt(secret.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] encrypt(byte[] secret) {
    byte id = (byte) keys.current();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      var key = keys.key(keys.current()).orElseThrow();
      byte[] text = cipher(Cipher.ENCRYPT_MODE, key, id, nonce).doFinal(secret);
      return ByteBuffer.allocate(1 + NONCE_BYTES + text.length)
          .put(id)
          .put(nonce)
          .put(text)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM failed", e);
    }
  }

  /**
   * @throws UnreadableSecret when it was stored under a master key that is not here
   */
  public String decrypt(byte[] stored) {
    return new String(opened(stored), StandardCharsets.UTF_8);
  }

  /**
   * The same secret under the master key that encrypts now.
   *
   * @throws UnreadableSecret when it was stored under a master key that is not here
   */
  public byte[] encryptAnew(byte[] stored) {
    return encrypt(opened(stored));
  }

  private byte[] opened(byte[] stored) {
    if (stored.length < SHORTEST) {
      throw new UnreadableSecret("What is stored is no secret: it is too short", null);
    }
    int id = keyId(stored);
    var key =
        keys.key(id)
            .orElseThrow(
                () ->
                    new UnreadableSecret(
                        "It was stored under the master key "
                            + id
                            + ", which is not in "
                            + MASTER_KEY,
                        null));
    byte[] nonce = Arrays.copyOfRange(stored, 1, 1 + NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, stored[0], nonce)
          .doFinal(stored, 1 + NONCE_BYTES, stored.length - 1 - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new UnreadableSecret(
          "It was stored under another master key " + id + ", or is damaged", e);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte id, byte[] nonce)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(new byte[] {id});
    return cipher;
  }
}
