package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Records of real meters and of test suites, which lie beside the project and not in it. */
class OcmfVectorsTest {

  private static final String VECTORS = "shared/devices/dmed4/ocmf-vectors.json";

  private static List<JsonObject> vectors() throws IOException {
    for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve(VECTORS))) {
        try (var reader = Json.createReader(Files.newBufferedReader(folder.resolve(VECTORS)))) {
          return reader.readObject().getJsonArray("vectors").getValuesAs(JsonObject.class);
        }
      }
    }
    return abort("No " + VECTORS + " in any folder above this one");
  }

  @TestFactory
  Stream<DynamicTest> eachIsJudgedAsExpected() throws IOException {
    return vectors().stream()
        .map(each -> DynamicTest.dynamicTest(each.getString("id"), () -> judge(each)));
  }

  private static void judge(JsonObject vector) throws Exception {
    var text = vector.getString("ocmf");
    var record = OcmfRecord.of(text);

    assertThat(record.text()).isEqualTo(text);
    assertThat(HexFormat.of().formatHex(MeterKey.sha256(record.payload())))
        .isEqualTo(vector.getString("payloadSha256"));
    if (vector.isNull("publicKeyAsGiven")) {
      assertThat(Verdict.of(record, null, null).reason()).isEqualTo(Verdict.Reason.NO_KEY);
      return;
    }
    var key = ChargingPublicKey.of(vector.getString("publicKeyAsGiven"));
    assertThat(key.curve().text()).isEqualToIgnoringCase(vector.getString("publicKeyCurve"));
    assertThat(key.hex()).isEqualToIgnoringCase(vector.getString("publicKeySpkiDerHex"));
    assertThat(Verdict.of(record, key, null).result())
        .isEqualTo(Verdict.Result.valueOf(vector.getString("expected")));
  }
}
