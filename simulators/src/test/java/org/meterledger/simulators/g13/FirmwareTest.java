package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.GOLD;
import static org.meterledger.simulators.g13.G13Wired.IRON;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.of;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** N24 to N27. */
class FirmwareTest extends WiredTest {
  private static final String STATUS = "/meters/firmwareupdatestatus";

  private HttpResponse<String> upload(String part, int bytes) throws Exception {
    String body =
        "--xyz\r\nContent-Disposition: form-data; name=\""
            + part
            + "\"; filename=\"g13.bin\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            + "F".repeat(bytes)
            + "\r\n--xyz--\r\n";
    return wired.send(
        wired
            .request("/firmware")
            .header("Content-Type", "multipart/form-data; boundary=xyz")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  @Test
  void nothingWasUpdatedAtFirst() throws Exception {
    assertThat(wired.json(STATUS).toString())
        .isEqualTo("{\"devices\":[],\"firmwareupdatecomplete\":0}");
  }

  @Test
  void imageIsUploadedAsAForm() throws Exception {
    HttpResponse<String> answer = upload("image", 1_500_000);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(answer.body()).isEqualTo(G13Wired.SUCCESS);
    assertThat(upload("picture", 10).statusCode()).isEqualTo(400);
  }

  @Test
  void metersAreUpdatedOneAfterTheOther() throws Exception {
    upload("image", 1000);
    wired.succeeds("PUT", "/meters/firmware", serials(PLATINUM, GOLD, IRON));
    wired.meter(GOLD).setConnected(false);
    wired.invalid("PUT", "/meters/firmware", serials(PLATINUM));
    wired.pass(Duration.ofSeconds(130));
    assertThat(wired.json(STATUS).toString())
        .isEqualTo(
            "{\"devices\":[{\"serial\":\"ABB00000101\",\"status\":\"success\"},"
                + "{\"serial\":\"ABB00000104\",\"status\":\"pending\"},"
                + "{\"serial\":\"ABB00000107\",\"status\":\"pending\"}],"
                + "\"firmwareupdatecomplete\":1}");
    wired.pass(Duration.ofSeconds(300));
    assertThat(wired.json(STATUS).toString())
        .contains("{\"serial\":\"ABB00000104\",\"status\":\"failed\"}")
        .endsWith("\"firmwareupdatecomplete\":2}");
    assertThat(wired.value(of(PLATINUM, "info"), "/manufacturing/firmwareversion").toString())
        .isEqualTo("\"A1.0.0.1\"");
    wired.succeeds("PUT", "/meters/firmware", serials(PLATINUM));
  }

  @Test
  void imageIsWanted() throws Exception {
    wired.invalid("PUT", "/meters/firmware", serials(PLATINUM));
    wired.invalid("PUT", "/firmware", "");
  }

  @Test
  void tenMetersAtMost() throws Exception {
    upload("image", 1000);
    wired.invalid("PUT", "/meters/firmware", first(11));
    wired.invalid("PUT", "/meters/firmware", "{\"meters\":[]}");
    wired.succeeds("PUT", "/meters/firmware", first(10));
    assertThat(wired.json(STATUS).getJsonArray("devices")).hasSize(10);
  }

  @Test
  void gatewayUpdatesItselfAndStartsAnew() throws Exception {
    upload("image", 1000);
    wired.succeeds("PUT", "/firmware", "");
    wired.pass(Duration.ofSeconds(30));
    assertThat(wired.json("/about").getString("firmwareversion")).isEqualTo("G1.0.0.1");
    assertThat(wired.gateway.events())
        .extracting(GatewayEvent::id)
        .endsWith(GatewayEvent.FIRMWARE_UPLOADED, GatewayEvent.REBOOT, GatewayEvent.STARTED);
  }

  private static String first(int count) {
    return serials(
        IntStream.rangeClosed(1, count)
            .mapToObj(number -> String.format("ABB000001%02d", number))
            .toArray(String[]::new));
  }

  private static String serials(String... serials) {
    return java.util.Arrays.stream(serials)
        .map(serial -> '"' + serial + '"')
        .collect(Collectors.joining(",", "{\"meters\":[", "]}"));
  }
}
