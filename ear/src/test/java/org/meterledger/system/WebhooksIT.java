package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Webhooks of the deployed portal: told by its own timer, maintained over API and page. */
@ExtendWith(PortalExtension.class)
class WebhooksIT {

  private final Portal portal;
  private final ApiClient admin;
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();
  private HttpServer receiver;

  WebhooksIT(Portal portal) {
    this.portal = portal;
    this.admin = portal.admin();
  }

  /** A message as it was received. */
  private record Told(String id, String timestamp, String signature, String body) {
    String type() {
      return JsonPath.from(body).getString("type");
    }
  }

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::take);
    receiver.start();
  }

  @AfterEach
  void close() {
    receiver.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      told.add(
          new Told(
              headers.getFirst("Webhook-Id"),
              headers.getFirst("Webhook-Timestamp"),
              headers.getFirst("Webhook-Signature"),
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private Told next() throws InterruptedException {
    var next = told.poll(30, TimeUnit.SECONDS);
    assertThat(next).as("a message within 30 s").isNotNull();
    return next;
  }

  private String body(String name) {
    return "{'name':'%s','url':'http://127.0.0.1:%d/','events':['ALARM','OPERATION_ENDED']}"
        .formatted(name, receiver.getAddress().getPort());
  }

  private HttpResponse<String> added(String name) throws Exception {
    var answer = admin.post("webhooks", body(name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return answer;
  }

  private static String path(HttpResponse<String> added) {
    return added.headers().firstValue("Location").orElseThrow().replaceFirst(".*/api/v1/", "");
  }

  @Test
  void aTestAndAnAlarmAreToldSignedAndLogged() throws Exception {
    var added = added("scada");
    String path = path(added);
    String secret = JsonPath.from(added.body()).getString("secret");
    assertThat(admin.get(path).body()).contains("scada").doesNotContain("secret", secret);

    var test = admin.post(path + "/test", "{}");
    assertThat(test.statusCode()).as(test.body()).isEqualTo(202);
    var ping = next();
    assertThat(ping.type()).isEqualTo("PING");
    assertThat(ping.id()).isEqualTo(JsonPath.from(test.body()).getString("messageId"));
    assertThat(ping.signature()).isEqualTo(signature(secret, ping));

    portal
        .database()
        .texts(
            """
            insert into logbook_entry (meter_id, logbook, at, sequence, code, detail, noted_at)
              select id, '0-0:99.98.128*255', timestamptz '2026-11-21 08:00Z', 0, 2, '{}',
                     timestamptz '2026-11-21 08:00Z'
                from meter where serial_number = 'API-1' returning 1""");
    var alarm = next();
    assertThat(alarm.type()).isEqualTo("ALARM");
    assertThat(JsonPath.from(alarm.body()).getString("meter")).isEqualTo("API-1");

    JsonPath log;
    do {
      log = JsonPath.from(admin.get(path + "/deliveries?state=DELIVERED&max=10").body());
    } while (log.getInt("total") < 2 && told.isEmpty());
    assertThat(log.getList("items.event")).containsExactly("ALARM", "PING");
    assertThat(log.getInt("items[0].status")).isEqualTo(204);
    assertThat(log.getString("items[0].messageId")).isEqualTo(alarm.id());

    var again = admin.post(path + "/deliveries/" + log.getString("items[0].id") + "/retry", "{}");
    assertThat(again.statusCode()).as(again.body()).isEqualTo(202);
    assertThat(next().id()).isEqualTo(alarm.id());
    assertProblem(admin.post(path + "/deliveries/1000000/retry", "{}"), 404);

    assertThat(admin.send("DELETE", path, null).statusCode()).isEqualTo(204);
    assertProblem(admin.get(path), 404);
  }

  private static String signature(String secret, Told message) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(
        new SecretKeySpec(
            Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
    String signed = message.id() + "." + message.timestamp() + "." + message.body();
    return "v1,"
        + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource({
    "http://10.0.0.7/, url, private",
    "http://169.254.169.254/latest/meta-data/, url, private",
    "http://2130706433/, url, private",
    "http://127.0.0.2/, url, private",
    "ftp://127.0.0.1/, url, scheme"
  })
  void anAddressInsideTheNetworkIsRefused(String url, String field, String rule) throws Exception {
    var answer = admin.post("webhooks", "{'name':'inside','url':'" + url + "','events':['ALARM']}");
    assertRefused(answer, field, rule);
    assertThat(admin.get("webhooks").body()).doesNotContain("inside");
  }

  @Test
  void whatBreaksARuleIsRefusedByField() throws Exception {
    String path = path(added("rules"));
    assertRefused(admin.post("webhooks", body("rules")), "name", "unique");
    String one = body("other").replace("'ALARM',", "'NONE',");
    assertProblem(admin.post("webhooks", one), 400);
    assertRefused(
        admin.post("webhooks", body("other").replaceFirst("\\[.*]", "[]")), "events", "size");
    assertRefused(
        admin.post("webhooks", body("other").replace("}", ",'secret':'x'}")), "secret", "secret");
    assertRefused(
        admin.post("webhooks", body("other").replace("}", ",'groupId':99}")), "groupId", "unknown");
    assertProblem(admin.send("PUT", path, body("rules")), 428);
    assertProblem(admin.send("PUT", path, body("rules"), "If-Match", "\"7\""), 412);
    var changed =
        admin.send("PUT", path, body("rules").replace("}", ",'groupId':2}"), "If-Match", "\"0\"");
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(JsonPath.from(changed.body()).getString("groupName")).isEqualTo("Watched meters");
    admin.send("DELETE", path, null);
  }

  @Test
  void onlyAdministratorsSeeThem() throws Exception {
    String path = path(added("hidden"));
    assertProblem(portal.viewer().get("webhooks"), 403);
    assertProblem(portal.viewer().get(path + "/deliveries"), 403);
    assertProblem(portal.viewer().post("webhooks", body("viewers")), 403);
    var vera = portal.signedIn("vera");
    assertThat(vera.get("/webhooks.xhtml").statusCode()).isEqualTo(403);
    assertThat(vera.get("/index.xhtml").body()).doesNotContain("webhooks.xhtml");
    admin.send("DELETE", path, null);
  }

  @Test
  void thePageMakesOneAndShowsItsSecretOnce() throws Exception {
    var anna = portal.signedIn("anna");
    var refused =
        anna.press(
            "/webhooks.xhtml",
            "save",
            Map.of(
                "name", "by page", "url", "http://10.0.0.7/", "alarm", "true", "enabled", "true"));
    assertThat(refused.body()).contains("This address is not on the public internet");
    var none =
        anna.press(
            "/webhooks.xhtml",
            "save",
            Map.of("name", "by page", "url", receiverUrl(), "enabled", "true"));
    assertThat(none.body()).contains("At least one event is needed");

    var made =
        anna.press(
            "/webhooks.xhtml",
            "save",
            Map.of("name", "by page", "url", receiverUrl(), "alarm", "true", "enabled", "true"));

    assertThat(made.body())
        .contains("It is shown only now")
        .containsPattern("whsec_[A-Za-z0-9+/]+");
    int id =
        JsonPath.from(admin.get("webhooks").body())
            .getInt("find { it.webhook.name == 'by page' }.id");
    String shown = "/webhooks.xhtml?webhook=" + id;
    assertThat(anna.get(shown).body())
        .contains("by page", "Send a test message", "Nothing was told")
        .doesNotContainPattern("whsec_[A-Za-z0-9+/]{20}");
    anna.press(shown, "test", Map.of());
    assertThat(next().type()).isEqualTo("PING");
    assertThat(anna.get(shown + "&state=FAILED").body()).contains("Nothing was told");
    assertThat(anna.get(shown).body()).contains("Send again").doesNotContain("Nothing was told");
    anna.press(shown, "remove", Map.of());
    assertThat(admin.get("webhooks").body()).doesNotContain("by page");
  }

  private String receiverUrl() {
    return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
  }
}
