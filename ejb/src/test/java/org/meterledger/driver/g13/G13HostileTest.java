package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.value;

import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RefusedRow;
import org.meterledger.driver.g13.G13Server.Response;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;

/** A gateway that wants data to be lost, secrets to leak or the portal to stand still. */
@Timeout(60)
class G13HostileTest {

  private static final ObisCode QUARTERS = ObisCode.of("1-0:99.1.0*255");
  private static final ObisCode SYSTEM = ObisCode.of("0-0:99.98.0*255");
  private static final String FIRST = "/loadprofiles/1/2000-01-01T00:00:00/500";

  private final G13Server server = new G13Server().examples();

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e999999999",
        "-1",
        "1.5",
        "99999999999999999999",
        "true",
        "null",
        "[1]",
        "\"NaN\"",
        "\"Infinity\"",
        "\"-0x1\"",
        "\"1e3\""
      })
  void numberThatIsNoneIsRefused(String status) {
    items("{\"status\":" + status + ",\"timestamp\":\"2012-08-01T00:15:00\",\"value\":\"1\"}");

    try (var session = server.session()) {
      assertThat(failure(session.readLoadProfile(QUARTERS, Cursor.START)).kind())
          .isEqualTo(Kind.INVALID_DATA);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e999999999", "1e-999999999", "123456789012345678901234567890", "\"1,5\""})
  void valueOfAnySizeIsRefused(String number) {
    items(item("2012-08-01T00:15:00", number));

    try (var session = server.session()) {
      assertThat(session.readLoadProfile(QUARTERS, Cursor.START))
          .isInstanceOf(ReadResult.Failed.class);
    }
  }

  @Test
  void smallNumberIsTakenAsItIs() {
    var node = new Node("", JsonBody.parse("{\"a\":0.00000012}".getBytes()).orElseThrow());

    assertThat(node.at("a").number()).isEqualByComparingTo("0.00000012");
  }

  @Test
  void numberOfAMillionDigitsTakesNoTime() {
    server.on("GET /about", "{\"serial\":" + "9".repeat(1_000_000) + "}");

    assertThat(failure(server.gateway().about()).kind()).isIn(Kind.PROTOCOL, Kind.INVALID_DATA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-00-00T00:00:00",
        "0001-01-01T00:00:00",
        "+999999999-12-31T23:59:59",
        "9999-12-31T23:59:59",
        "2012-02-30T00:00:00",
        "2012-08-01",
        "",
        "-2012-08-01T00:15:00"
      })
  void timeThatIsNoneIsRefused(String time) {
    items(item(time, "\"1\""));

    try (var session = server.session()) {
      assertThat(failure(session.readLoadProfile(QUARTERS, Cursor.START)).detail())
          .contains("has no time");
    }
  }

  @Test
  void rowOfTheFutureDoesNotHideThoseToCome() {
    items(
        item("2012-08-01T00:15:00", "\"1\"")
            + ","
            + item("2150-01-01T00:00:00", "\"2\"")
            + ","
            + item("2012-08-01T00:30:00", "\"3\""));
    try (var session = server.session()) {
      var block = value(session.readLoadProfile(QUARTERS, Cursor.START));

      assertThat(block.content().rows())
          .extracting(ProfileRow::periodEnd)
          .containsExactly(
              Instant.parse("2012-08-01T00:15:00Z"), Instant.parse("2012-08-01T00:30:00Z"));
      assertThat(block.next().at()).isEqualTo("2012-08-01T00:30:00Z");
      assertThat(block.refused())
          .singleElement()
          .extracting(RefusedRow::reason, RefusedRow::field)
          .containsExactly("future", "timestamp");
      assertThat(block.refused().get(0).raw()).contains("2150-01-01T00:00");
    }
  }

  @Test
  void lineOfTheFutureDoesNotHideThoseToCome() {
    server.meter("events/2012-08-06T01:11:31/100", lines());
    try (var session = server.session()) {
      var block = value(session.readLogbook(SYSTEM, Cursor.START));

      assertThat(block.content()).extracting(LoggedEvent::code).containsExactly(8);
      assertThat(block.next().at()).isEqualTo("2012-08-01T00:00:00Z");
      assertThat(block.refused()).extracting(RefusedRow::reason).containsExactly("future");
    }
  }

  private static String lines() {
    return "{\"system\":[{\"datetime\":\"2150-01-01T00:00:00\",\"duration\":1,"
        + "\"category\":1,\"logid\":7},{\"datetime\":\"2012-08-01T00:00:00\","
        + "\"duration\":1,\"category\":1,\"logid\":8}]}";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"items\":[],\"items\":[]}",
        "{\"status\":\"success\",\"status\":\"error\",\"items\":[]}"
      })
  void memberThatComesTwiceIsNonsense(String body) {
    items("");
    server.meter(FIRST.substring(1), body);
    try (var session = server.session()) {
      assertThat(failure(session.readLoadProfile(QUARTERS, Cursor.START)).kind())
          .isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void membersThatDifferOnlyInSpellingMayNotDisagree() {
    items("{\"Status\":1,\"STATUS\":2,\"timestamp\":\"2012-08-01T00:15:00\",\"value\":\"1\"}");
    try (var session = server.session()) {
      assertThat(failure(session.readLoadProfile(QUARTERS, Cursor.START)).detail())
          .contains("says two things");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\"]]]]]]]]\",", "\"\\\"]]]]\","})
  void nestingIsCountedOutsideOfTexts(String before) {
    var many = before.replace("]]]]", "]".repeat(50_000));
    server.on("GET /about", "[" + many + "[".repeat(100_000));

    assertThat(failure(server.gateway().about()).kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void bracketsInATextAreNoNesting() {
    assertThat(JsonBody.parse(("[\"" + "[".repeat(100) + "\"]").getBytes())).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../users",
        "ABB/8",
        "ABB?8",
        "ABB#8",
        "ABB%2f8",
        "",
        ".",
        "..",
        "A B",
        "A\r\nX: y"
      })
  void serialNumberIsNoWayElsewhere(String serialNumber) {
    var driver = G13Server.driver();
    var behind = new Endpoint.BehindGateway(server.endpoint(), serialNumber);
    try (var session = driver.open(G13Server.METER, behind)) {
      assertThat(failure(session.identify()).kind()).isEqualTo(Kind.INVALID_DATA);
    }
    assertThatIllegalArgumentException().isThrownBy(() -> server.gateway().meter(serialNumber));
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void meterThatIsNamedTwiceIsNonsense() {
    var meters = G13Server.example("abb-g13/meters").replace('\n', ' ');
    var serial = value(server.gateway().registration().list()).meters().get(0).serialNumber();
    var other = value(server.gateway().registration().list()).meters().get(1).serialNumber();
    server.on("GET /meters", meters.replace('"' + other + '"', '"' + serial + '"'));

    assertThat(failure(server.gateway().registration().list()).detail())
        .contains("names a meter twice");
  }

  @Test
  void redirectIsNotFollowedNorItsSecretShown() {
    server.on(
        "GET /about",
        any -> new Response(302, "text/html", "<a href='/?password=hidden7'>", 0, false));
    var fault = failure(server.gateway().about());

    assertThat(fault.kind()).isEqualTo(Kind.INVALID_DATA);
    assertThat(fault.answer()).doesNotContain("hidden7");
    assertThat(server.requests()).hasSize(1);
  }

  private void items(String items) {
    server.meter("loadprofiles/configuration", "{\"lpconfig\":[[900,1,5000]]}");
    server.meter(FIRST.substring(1), "{\"items\":[" + items + "]}");
  }

  private static String item(String time, String value) {
    return "{\"status\":1,\"timestamp\":\"" + time + "\",\"value\":" + value + "}";
  }
}
