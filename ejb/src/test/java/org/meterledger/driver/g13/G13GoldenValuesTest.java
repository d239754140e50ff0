package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.value;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.g13.G13Server.Response;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.Unit;

/** The examples of the manual, read by the whole driver, give the values that it means. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class G13GoldenValuesTest {

  private final G13Server server = new G13Server().examples();
  private final Map<ObisCode, RegisterValue> read = new HashMap<>();

  @BeforeAll
  void read() {
    try (var session = server.session()) {
      var reading = value(session.readRegisters());
      assertThat(reading.meterTime()).isEqualTo("2012-08-05T00:11:31Z");
      reading.values().forEach(each -> read.put(each.obis(), each));
    }
  }

  @AfterAll
  void stop() {
    server.close();
  }

  static List<CSVRecord> golden(String model) throws IOException {
    var format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setCommentMarker('#')
            .get();
    var file = Path.of("src/test/resources/golden", model, "values.csv");
    try (var parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }

  static List<CSVRecord> registers() throws IOException {
    return golden("abb-g13");
  }

  static List<CSVRecord> events() throws IOException {
    return golden("abb-g13-gateway");
  }

  @ParameterizedTest
  @MethodSource("registers")
  void valueIsAsTheManualPrintsIt(CSVRecord golden) {
    var quantity = read.get(ObisCode.of(golden.get("obis"))).quantity();

    assertThat(quantity.value().toPlainString()).isEqualTo(golden.get("value"));
    assertThat(quantity.unit()).isEqualTo(Unit.ofSymbol(golden.get("unit")));
  }

  @Test
  void everyRegisterHasAGoldenValueButThoseThatPortsOfTheExampleLack() throws IOException {
    assertThat(read).hasSameSizeAs(registers());
    try (var session = server.session()) {
      assertThat(session.registers()).hasSize(registers().size() + 4);
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void eventIsAsTheManualPrintsIt(CSVRecord golden) {
    var log = value(server.gateway().events());
    var event =
        log.stream()
            .filter(each -> each.index() == Long.parseLong(golden.get("index")))
            .findFirst()
            .orElseThrow();

    assertThat(event.code()).isEqualTo(Integer.parseInt(golden.get("code")));
    assertThat(event.at() + "Z").isEqualTo(golden.get("at"));
  }

  @Test
  void meterBelowPlatinumIsNotAskedForHarmonics() {
    server.meter("info", G13Server.example("abb-g13/meter/info").replace("514", "414"));
    server.requests().clear();
    try (var session = server.session()) {
      value(session.readRegisters());
    }

    assertThat(server.requests()).noneMatch(request -> request.path().contains("harmonics"));
    server.meter("info", G13Server.example("abb-g13/meter/info"));
  }

  @Test
  void whatAMeterDoesNotHaveIsLeftOut() {
    server.on("GET /meters/ABB_8/energy/apparent", any -> Response.error(404, "URI not found."));
    try (var session = server.session()) {
      var values = value(session.readRegisters()).values();

      assertThat(values)
          .extracting(RegisterValue::obis)
          .contains(ObisCode.of("1-0:1.8.0*255"))
          .doesNotContain(ObisCode.of("1-0:9.8.0*255"));
    }
    server.meter("energy/apparent", G13Server.example("abb-g13/meter/energy_apparent"));
  }

  @Test
  void resourceThatFailsLeavesTheOthers() {
    server.on(
        "GET /meters/ABB_8/power",
        any -> Response.error(500, "received invalid response from COSEM."));
    try (var session = server.session()) {
      var result = session.readRegisters();

      assertThat(result).isInstanceOf(ReadResult.Partial.class);
      assertThat(Results.fault(result).detail()).contains("/power: received invalid");
      assertThat(Results.value(result).values()).hasSizeGreaterThan(200);
    }
    server.meter("power", G13Server.example("abb-g13/meter/power"));
  }

  @Test
  void valueInAnotherUnitIsRefused() {
    server.meter("energy/active/co2", "{\"importenergy\":{\"total\":[\"1\",\"kWh\"]}}");
    try (var session = server.session()) {
      var result = session.readRegisters();

      assertThat(Results.fault(result).detail()).contains("has kWh where kg is measured");
      assertThat(Results.value(result).values())
          .extracting(RegisterValue::obis)
          .doesNotContain(ObisCode.of("1-128:141.8.0*255"));
    }
    server.meter("energy/active/co2", G13Server.example("abb-g13/meter/energy_active_co2"));
  }
}
