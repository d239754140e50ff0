package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.access.Permission;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.meterextension.SimulatedBox;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter.Type;
import org.meterledger.simulators.meterextension.Fault;
import org.meterledger.simulators.meterextension.MeterExtension.Network;
import org.meterledger.simulators.meterextension.Region;

/** What changes a device in its network, asked of a box. */
class DeviceCommandsTest {

  private static final String KEY = "000102030405060708090a0b0c0d0e0f";
  private static final List<OperationKind> KINDS =
      List.of(
          new ConfigureWifi(),
          new SetMeterKey(),
          new ResetToFactory(),
          new FetchFirmware(),
          new FetchFile(),
          new PostMessage());

  private final SimulatedBox there = SimulatedBox.of(Region.GERMANY);

  @AfterEach
  void stop() {
    there.close();
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readObject();
    }
  }

  private OperationKind.Outcome run(OperationKind kind, String parameters)
      throws InterruptedException {
    try (var session = there.session(SimulatedBox.ID)) {
      var meter =
          new OpenMeter(
              1, "cuculus-meterextension-1", session, null, there.clock, Duration.ofMinutes(1));
      kind.check(session, json(parameters));
      return kind.run(meter, json(parameters));
    }
  }

  private void refused(OperationKind kind, String parameters, String field, String rule) {
    try (var session = there.session(SimulatedBox.ID)) {
      assertThatThrownBy(() -> kind.check(session, json(parameters)))
          .isInstanceOfSatisfying(
              InvalidOperation.class,
              refusal -> {
                assertThat(refusal.field()).isEqualTo(field);
                assertThat(refusal.rule()).isEqualTo(rule);
              });
    }
    assertThat(there.box.requests()).isZero();
  }

  @Test
  void allWantThePermissionOfWhoManagesMetersAndAreSentOnce() {
    assertThat(KINDS)
        .allSatisfy(
            kind -> {
              assertThat(kind.permission()).isEqualTo(Permission.MANAGE_METERS);
              assertThat(kind.repeatable()).isFalse();
            });
    assertThat(KINDS).extracting(OperationKind::name).doesNotHaveDuplicates();
  }

  @Test
  void passwordAndKeyAreSecret() {
    try (var session = there.session(SimulatedBox.ID)) {
      var secret =
          KINDS.stream()
              .flatMap(kind -> kind.parameters(session).stream())
              .filter(each -> each.type() == Type.SECRET)
              .map(each -> each.name());
      assertThat(secret).containsExactly("password", "key");
    }
  }

  @Test
  void wifiCountsAsDoneWhenItIsReadBack() throws InterruptedException {
    var done =
        run(
            new ConfigureWifi(),
            "{'ssid':'cellar','password':'let me in','wifiMode':'STATION_AND_ACCESS_POINT'}");

    assertThat(done.progress().fault()).isNull();
    assertThat(done.result().getString("ssid")).isEqualTo("cellar");
    assertThat(done.result().toString()).doesNotContain("let me in");
    assertThat(there.box.network()).isEqualTo(new Network("cellar", "let me in", "sta_ap"));
  }

  @Test
  void lostAnswerIsCuredByReadingBack() throws InterruptedException {
    there.box.inject(Fault.HTTP_500, 1);

    assertThat(run(new ConfigureWifi(), "{'ssid':'household'}").progress().fault()).isNull();
    there.box.inject(Fault.HTTP_500, 2);
    assertThat(run(new ConfigureWifi(), "{'ssid':'cellar'}").progress().fault().kind())
        .isEqualTo(Kind.UNCONFIRMED);
  }

  @Test
  void whatCannotBeReadBackIsUnconfirmedWithoutAnswer() throws InterruptedException {
    there.box.inject(Fault.CONNECTION_RESET, 1);
    var fault = run(new SetMeterKey(), "{'key':'" + KEY + "'}").progress().fault();

    assertThat(fault.kind()).isEqualTo(Kind.UNCONFIRMED);
    assertThat(fault.detail()).doesNotContain(KEY);
    var done = run(new SetMeterKey(), "{'key':'" + KEY + "'}");
    assertThat(done.progress().fault()).isNull();
    assertThat(done.result()).containsOnlyKeys("acceptedAt");
    assertThat(there.box.meterKey()).isEqualTo(KEY);
  }

  @Test
  void errandsReachTheBox() throws InterruptedException {
    run(new FetchFirmware(), "{'address':'http://10.0.0.1/a.bin'}");
    run(new FetchFile(), "{'address':'https://10.0.0.1:8443/a?b=c','certificate':'own.pem'}");
    run(new PostMessage(), "{'address':'http://[fe80::1]/p','message':'hello'}");
    run(new ResetToFactory(), "{}");

    assertThat(there.box.errands())
        .extracting(each -> each.command(), each -> each.uri())
        .containsExactlyElementsOf(
            Stream.of(
                    Map.entry("firmware_update", "http://10.0.0.1/a.bin"),
                    Map.entry("download_file", "https://10.0.0.1:8443/a?b=c"),
                    Map.entry("request_post", "http://[fe80::1]/p"))
                .map(each -> org.assertj.core.groups.Tuple.tuple(each.getKey(), each.getValue()))
                .toList());
    assertThat(there.box.reachable()).isFalse();
  }

  @Test
  void boxThatDoesNotKnowItRefuses() throws InterruptedException {
    there.box.inject(Fault.UNKNOWN_COMMAND, 1);

    assertThat(run(new ResetToFactory(), "{}").progress().fault().kind())
        .isEqualTo(Kind.UNSUPPORTED);
    assertThat(there.box.reachable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://10.0.0.1/a",
        "file:///etc/passwd",
        "10.0.0.1/a",
        "http:///a",
        "http://user:secret@10.0.0.1/a",
        "http://10.0.0.1/a#b",
        "http://10.0.0.1/a b",
        "http://10.0.0.1/\\u0000",
        "http://10.0.0.1/\\r\\nHost: x",
        "http://10.0.0.1:70000/",
        "http://10.0.0.1/ü",
        "http://[10.0.0.1/"
      })
  void addressThatIsNoneIsRefused(String address) {
    for (var kind : List.of(new FetchFirmware(), new FetchFile(), new PostMessage())) {
      refused(kind, "{'address':'" + address + "','message':'x'}", "parameters.address", "pattern");
    }
  }

  @ParameterizedTest
  @CsvSource({"../a.pem", ".pem", "a/b.pem", "'a b'"})
  void certificateIsAFileName(String name) {
    refused(
        new FetchFile(),
        "{'address':'http://10.0.0.1/','certificate':'" + name + "'}",
        "parameters.certificate",
        "pattern");
  }

  @Test
  void wifiThatCannotBeIsRefused() {
    refused(new ConfigureWifi(), "{}", "parameters", "required");
    refused(new ConfigureWifi(), "{'password':'short'}", "parameters.password", "pattern");
    refused(new ConfigureWifi(), "{'password':'umläute hier'}", "parameters.password", "pattern");
    refused(
        new ConfigureWifi(), "{'ssid':'ä" + "ö".repeat(16) + "'}", "parameters.ssid", "pattern");
    refused(new ConfigureWifi(), "{'ssid':'a\\tb'}", "parameters.ssid", "pattern");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0001", "000102030405060708090a0b0c0d0e0g", "xxxxx"})
  void keyIsHexadecimal(String key) {
    refused(new SetMeterKey(), "{'key':'" + key + "'}", "parameters.key", "pattern");
  }
}
