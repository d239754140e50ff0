package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Whatever comes, it is a record of the very bytes or it is refused by a rule. An ordinary test run
 * tries the seeds beside this class; {@code JAZZER_FUZZ=1 mvn -pl ejb -am test
 * -Dtest=OcmfFuzzTest#records -Dsurefire.failIfNoSpecifiedTests=false} searches on from them, for
 * one method at a time.
 */
class OcmfFuzzTest {

  private static final ChargingPublicKey KEY = new MeterKey(Curve.SECP256R1, 1).publicKey();

  @FuzzTest(maxDuration = "80s")
  void records(byte[] bytes) {
    try {
      var record = OcmfRecord.of(bytes);
      assertThat(record.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
      assertThat(record.text()).startsWith("OCMF|" + record.payload() + "|");
      var signed = SessionRecord.of(record, KEY, "4711");
      assertThat(signed.verdict().valid()).isFalse();
      var check = SessionCheck.of(List.of(signed, signed));
      assertThat(check.sessions()).hasSizeLessThan(2);
      assertThat(TransparencyXml.of(List.of(TransparencyXml.Entry.of(1, record, KEY))))
          .contains("<signedData");
    } catch (NotOcmf e) {
      assertThat(e.position()).isBetween(0, bytes.length);
      assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(2000);
    }
  }

  @FuzzTest(maxDuration = "80s")
  void keys(byte[] bytes) {
    try {
      var key = ChargingPublicKey.of(bytes);
      assertThat(ChargingPublicKey.of(key.hex())).isEqualTo(key);
    } catch (InvalidPublicKey e) {
      assertThat(e.getMessage()).isNotBlank();
    }
    try {
      assertThat(ChargingPublicKey.of(new String(bytes, StandardCharsets.ISO_8859_1)).der())
          .isNotEmpty();
    } catch (InvalidPublicKey e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "80s")
  void signatures(byte[] bytes) {
    DerSignature.of(bytes)
        .ifPresent(
            numbers -> {
              assertThat(numbers.r()).isNotNegative();
              assertThat(numbers.s()).isNotNegative();
            });
  }
}
