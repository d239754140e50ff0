package org.meterledger.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeterSecretsTest {

  private static final String ZEROS = key(0);
  private static final String ONES = key(1);

  private static String key(int value) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) value);
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void theFirstKeyEncryptsAndEachDecryptsItsOwn() {
    byte[] old = new MeterSecrets(ONES).encrypt("s3cret\u00e9");
    var both = new MeterSecrets("2:" + ZEROS + ",1:" + ONES);

    assertThat(MeterSecrets.keyId(old)).isEqualTo(1);
    assertThat(both.decrypt(old)).isEqualTo("s3cret\u00e9");
    assertThat(MeterSecrets.keyId(both.encrypt("x"))).isEqualTo(2);
    byte[] anew = both.encryptAnew(old);
    assertThat(MeterSecrets.keyId(anew)).isEqualTo(2);
    assertThat(new MeterSecrets("2:" + ZEROS).decrypt(anew)).isEqualTo("s3cret\u00e9");
    assertThat(both.encrypt("x")).as("a nonce of its own").isNotEqualTo(both.encrypt("x"));
  }

  /** AES-256-GCM of "secret" under 32 zero bytes, nonce 1..12, with the key id 1 authenticated. */
  @Test
  void whatOneKeyWithoutAnIdEncryptedStaysReadable() throws Exception {
    var cipher = javax.crypto.Cipher.getInstance("AES/GCM/NoPadding");
    byte[] nonce = HexFormat.of().parseHex("0102030405060708090a0b0c");
    cipher.init(
        javax.crypto.Cipher.ENCRYPT_MODE,
        new javax.crypto.spec.SecretKeySpec(new byte[32], "AES"),
        new javax.crypto.spec.GCMParameterSpec(128, nonce));
    cipher.updateAAD(new byte[] {1});
    String stored =
        "01"
            + HexFormat.of().formatHex(nonce)
            + HexFormat.of().formatHex(cipher.doFinal("secret".getBytes()));

    assertThat(new MeterSecrets(ZEROS).decrypt(HexFormat.of().parseHex(stored)))
        .isEqualTo("secret");
  }

  @Test
  void highIdsAreNoNegativeOnes() {
    var secrets = new MeterSecrets("255:" + ZEROS);

    byte[] stored = secrets.encrypt("x");

    assertThat(MeterSecrets.keyId(stored)).isEqualTo(255);
    assertThat(secrets.decrypt(stored)).isEqualTo("x");
  }

  @Test
  void aKeyThatIsNotHereIsToldByItsId() {
    byte[] stored = new MeterSecrets("7:" + ZEROS).encrypt("s3cret");

    assertThatThrownBy(() -> new MeterSecrets(ZEROS).decrypt(stored))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("master key 7")
        .hasMessageNotContaining("s3cret");
    assertThatThrownBy(() -> new MeterSecrets("7:" + ONES).decrypt(stored))
        .isInstanceOf(UnreadableSecret.class)
        .hasMessageContaining("another master key 7, or is damaged");
    assertThatThrownBy(() -> new MeterSecrets(ZEROS).decrypt(new byte[] {1, 2}))
        .isInstanceOf(UnreadableSecret.class);
    stored[0] = 1;
    assertThatThrownBy(() -> new MeterSecrets(ZEROS).decrypt(stored))
        .as("the id is authenticated")
        .isInstanceOf(UnreadableSecret.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x                | METERLEDGER_MASTER_KEY: key 1 must be 32 bytes in base64",
        "2:AAAA           | METERLEDGER_MASTER_KEY: key 2 must be 32 bytes in base64",
        "2:{0} {1}        | must give each of several keys an id from 1 to 255",
        "0:{0}            | must give each of several keys an id from 1 to 255",
        "256:{0}          | must give each of several keys an id from 1 to 255",
        "2:{0},2:{1}      | has two keys of the id 2",
        "2:{0},1:{0}      | has the same key twice"
      })
  void saysWhatIsWrongAndNothingOfAKey(String text, String sentence) {
    String keys = text.replace("{0}", ZEROS).replace("{1}", ONES);

    assertThatThrownBy(() -> MasterKeys.parse(keys))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContainingAny(ZEROS, ONES);
  }

  @Test
  void takesThemFromAFile(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("keys"), "2:" + ZEROS + "\n1:" + ONES + "\n");

    var keys = MasterKeys.of(Map.of(MasterKeys.FILE, file.toString()));

    assertThat(keys.ids()).containsExactly(2, 1);
    assertThat(keys.current()).isEqualTo(2);
    assertThatThrownBy(
            () ->
                MasterKeys.of(Map.of(MasterKeys.FILE, file.toString(), MasterKeys.VARIABLE, ZEROS)))
        .hasMessageContaining("both set");
    assertThatThrownBy(() -> MasterKeys.of(Map.of(MasterKeys.FILE, directory + "/nowhere")))
        .hasMessageContaining("nowhere")
        .hasMessageContaining("cannot be read");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> MasterKeys.of(Map.of(MasterKeys.FILE, file.toString())))
        .hasMessageContaining("is empty");
  }

  @Test
  void withoutAKeyNothingIsKept() {
    var secrets = new MeterSecrets((String) null);

    assertThat(secrets.available()).isFalse();
    assertThatThrownBy(() -> secrets.encrypt("x"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("METERLEDGER_MASTER_KEY is not set");
  }
}
