package org.meterledger.driver.meterextension;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ErrandTarget;
import org.meterledger.driver.FactoryResetTarget;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterKeyTarget;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RebootTarget;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.WifiTarget;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;
import org.meterledger.simulators.meterextension.Fault;
import org.meterledger.simulators.meterextension.MeterExtension.Errand;
import org.meterledger.simulators.meterextension.MeterExtension.Network;
import org.meterledger.simulators.meterextension.Region;

/** The driver against a box that another hand has built after the same manual. */
class MeterExtensionSimulatedTest {

  private static final String KEY = "000102030405060708090a0b0c0d0e0f";

  private SimulatedBox there;

  @AfterEach
  void stop() {
    there.close();
  }

  private static <T> T complete(ReadResult<T> result) {
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<T>) result).value();
  }

  private static org.meterledger.driver.Fault fault(ReadResult<?> result) {
    assertThat(result).isInstanceOf(ReadResult.Failed.class);
    return ((ReadResult.Failed<?>) result).fault();
  }

  private static ReadResult<RegisterReading> read(MeterSession session) {
    return session.as(RegisterSource.class).orElseThrow().readRegisters();
  }

  @ParameterizedTest
  @EnumSource
  void everyValueOfEveryRegionIsReadExactly(Region region) {
    there = SimulatedBox.of(region);
    var reading = complete(read(there.session(SimulatedBox.ID)));
    var truth = there.box.truth();

    assertThat(reading.values()).hasSameSizeAs(truth);
    for (var told : truth) {
      var obis = MeterReadingJson.obis(told.obis()).orElseThrow();
      assertThat(reading.values())
          .filteredOn(each -> each.obis().equals(obis))
          .singleElement()
          .satisfies(
              each -> {
                assertThat(each.quantity().value().toPlainString())
                    .isEqualTo(told.value().toPlainString());
                assertThat(each.quantity().unit().dlmsCode()).isEqualTo(told.unit());
                assertThat(each.occurredAt() == null ? reading.meterTime() : each.occurredAt())
                    .isEqualTo(told.at());
              });
    }
  }

  @Test
  void orderIsThatOfTheModelAndNotOfTheTelegram() {
    there = SimulatedBox.of(Region.AUSTRIA);

    assertThat(complete(read(there.session())).values())
        .extracting(each -> each.obis().shortText())
        .startsWith("1-0:1.8.0", "1-0:2.8.0")
        .endsWith("1-0:32.7.0", "1-0:52.7.0", "1-0:72.7.0");
  }

  @Test
  void olderTelegramKeepsItsTime() {
    there = SimulatedBox.of(Region.NORWAY);
    var reading = complete(read(there.session()));

    assertThat(reading.meterTime()).isEqualTo(Instant.parse("2026-03-02T10:30:00Z"));
    assertThat(reading.values())
        .filteredOn(each -> each.obis().cumulative())
        .hasSize(4)
        .extracting(RegisterValue::occurredAt)
        .containsOnly(Instant.parse("2026-03-02T10:00:00Z"));
  }

  @Test
  void boxSaysWhoItIs() {
    there = SimulatedBox.of(Region.GERMANY);

    assertThat(complete(there.session(SimulatedBox.ID).identify()))
        .isEqualTo(
            new MeterSession.Identification(
                SimulatedBox.ID,
                "Cuculus",
                "MeterExtension #1",
                "1.0.18",
                Instant.parse("2026-03-02T10:30:07Z")));
    assertThat(complete(there.session().identify()).serialNumber()).isEqualTo(SimulatedBox.ID);
  }

  @Test
  void severalMetersAreToldApart() {
    there = SimulatedBox.of(Region.GERMANY, Region.NETHERLANDS);
    var german = complete(read(there.session(SimulatedBox.ID)));
    var dutch = complete(read(there.session(SimulatedBox.OTHER)));

    assertThat(german.values()).extracting(RegisterValue::obis).contains(energy("1-0:1.8.0"));
    assertThat(dutch.values()).extracting(RegisterValue::obis).contains(energy("1-0:1.8.1"));
    assertThat(complete(there.session(SimulatedBox.OTHER).identify()).serialNumber())
        .isEqualTo(SimulatedBox.OTHER);
    assertThat(fault(there.session("stranger").identify()))
        .satisfies(each -> assertThat(each.kind()).isEqualTo(Kind.INVALID_DATA))
        .satisfies(
            each ->
                assertThat(each.detail())
                    .contains("stranger", SimulatedBox.ID, SimulatedBox.OTHER));
    assertThat(fault(there.session().identify()).detail())
        .contains("several", SimulatedBox.ID, SimulatedBox.OTHER);
  }

  private static ObisCode energy(String text) {
    return ObisCode.of(text);
  }

  @Test
  void boxWithoutKeyCanBeGivenOne() {
    there = SimulatedBox.withoutKey(Region.AUSTRIA);
    var session = there.session(SimulatedBox.ID);
    assertThat(complete(session.identify()).serialNumber()).isEqualTo(SimulatedBox.ID);
    assertThat(fault(read(session)).kind()).isEqualTo(Kind.BUSY);
    assertThat(fault(there.session().identify()).kind()).isEqualTo(Kind.BUSY);

    assertThat(session.as(MeterKeyTarget.class).orElseThrow().setMeterKey(KEY))
        .isInstanceOf(CommandResult.Accepted.class);
    assertThat(there.box.meterKey()).isEqualTo(KEY);
    assertThat(complete(read(session)).values()).hasSize(12);
  }

  @Test
  void settingsAreThoseOfAllThreeAnswers() {
    there = SimulatedBox.of(Region.GERMANY);
    var settings = there.session().as(SettingsSource.class).orElseThrow().readSettings();

    assertThat(complete(settings))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("model", "MeterExtension #1"),
                Map.entry("sw-version", "1.0.18"),
                Map.entry("hw-version", "1.2"),
                Map.entry("mac", "a0b765000001"),
                Map.entry("sys-ts", "1772447407"),
                Map.entry("ssid", "household"),
                Map.entry("rssi", "-63"),
                Map.entry("ap-mac", "a0b765000001"),
                Map.entry("IP", "192.168.0.158"),
                Map.entry("GW", "192.168.0.1"),
                Map.entry("Net Mask", "255.255.255.0"),
                Map.entry("meterid", SimulatedBox.ID)));
  }

  @Test
  void wifiIsSetAndReadBack() {
    there = SimulatedBox.of(Region.GERMANY);
    var wifi = there.session().as(WifiTarget.class).orElseThrow();

    assertThat(wifi.configureWifi("cellar", "let me in", WifiTarget.WifiMode.STATION))
        .isInstanceOf(CommandResult.Accepted.class);
    assertThat(there.box.network()).isEqualTo(new Network("cellar", "let me in", "sta"));
    assertThat(complete(wifi.readSsid())).isEqualTo("cellar");

    wifi.configureWifi(null, null, WifiTarget.WifiMode.STATION_AND_ACCESS_POINT);
    assertThat(there.box.network()).isEqualTo(new Network("cellar", "let me in", "sta_ap"));
  }

  @Test
  void errandsAreGivenAsTheManualPrintsThem() {
    there = SimulatedBox.of(Region.GERMANY);
    var errands = there.session().as(ErrandTarget.class).orElseThrow();

    assertThat(errands.fetchFirmware(URI.create("http://192.168.2.228:8001/welink.bin"), null))
        .isInstanceOf(CommandResult.Accepted.class);
    errands.fetchFile(URI.create("https://192.168.2.228/test.txt"), "own.pem");
    errands.post(URI.create("http://192.168.2.47:80/api"), "{\"a\": \"ü\"}", null);

    assertThat(there.box.errands())
        .containsExactly(
            new Errand(
                "firmware_update", "http://192.168.2.228:8001/welink.bin", "", "ca_cert.pem"),
            new Errand("download_file", "https://192.168.2.228/test.txt", "", "own.pem"),
            new Errand(
                "request_post", "http://192.168.2.47:80/api", "{\"a\": \"ü\"}", "ca_cert.pem"));
  }

  @Test
  void restartAndResetAreAcceptedAndThenItIsAway() {
    there = SimulatedBox.of(Region.GERMANY);
    var session = there.session();

    assertThat(session.as(RebootTarget.class).orElseThrow().reboot())
        .isEqualTo(new CommandResult.Accepted(there.clock.instant()));
    assertThat(fault(session.identify()).kind().retryable()).isTrue();
    there.clock.advance(Duration.ofSeconds(10));
    complete(session.identify());

    assertThat(session.as(FactoryResetTarget.class).orElseThrow().resetToFactory())
        .isInstanceOf(CommandResult.Accepted.class);
    assertThat(there.box.reachable()).isFalse();
    assertThat(fault(session.identify()).kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void unknownCommandIsNotSupported() {
    there = SimulatedBox.of(Region.GERMANY);
    there.box.inject(Fault.UNKNOWN_COMMAND, 2);
    var errands = there.session().as(ErrandTarget.class).orElseThrow();

    assertThat(errands.fetchFile(URI.create("http://a/b"), null))
        .isInstanceOfSatisfying(
            CommandResult.Refused.class,
            refused -> {
              assertThat(refused.fault().kind()).isEqualTo(Kind.UNSUPPORTED);
              assertThat(refused.fault().detail()).contains("does not know download_file");
            });
    assertThat(fault(read(there.session())).kind()).isEqualTo(Kind.UNSUPPORTED);
  }

  @ParameterizedTest
  @CsvSource({
    "NO_ANSWER, TIMEOUT",
    "CONNECTION_RESET, PROTOCOL",
    "BODY_CUT, PROTOCOL",
    "BODY_CUT_UNANNOUNCED, PROTOCOL",
    "GARBAGE, INVALID_DATA",
    "HTTP_500, PROTOCOL",
    "REDIRECT, INVALID_DATA",
    "HTML_PAGE, INVALID_DATA",
    "WRONG_ID, PROTOCOL",
    "MISPRINTED_EXAMPLE, INVALID_DATA",
    "UNKNOWN_COMMAND, UNSUPPORTED",
  })
  void faultIsToldAndNothingIsTaken(Fault wrong, Kind kind) {
    there = SimulatedBox.of(Region.GERMANY);
    there.box.inject(wrong, 1);

    var fault = fault(read(there.session()));
    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.detail()).contains(String.valueOf(there.uri().getPort()));
    assertThat(complete(read(there.session())).values()).hasSize(8);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"NO_ANSWER", "CONNECTION_RESET", "GARBAGE", "HTTP_500", "WRONG_ID"})
  void commandWithoutItsAnswerIsUnconfirmedAndKeepsItsSecret(Fault wrong) {
    there = SimulatedBox.of(Region.GERMANY);
    there.box.inject(wrong, 1);
    var sent = there.session().as(MeterKeyTarget.class).orElseThrow().setMeterKey(KEY);

    assertThat(sent)
        .isInstanceOfSatisfying(
            CommandResult.Unconfirmed.class,
            unconfirmed ->
                assertThat(unconfirmed.fault().detail() + unconfirmed.fault().answer())
                    .doesNotContain(KEY));
  }

  @Test
  void oneIsAskedAtATime() throws InterruptedException {
    there = SimulatedBox.of(Region.GERMANY, Region.NETHERLANDS);
    there.box.setLatency(Duration.ofMillis(50));
    var threads =
        List.of(SimulatedBox.ID, SimulatedBox.OTHER, SimulatedBox.ID, SimulatedBox.OTHER).stream()
            .map(id -> new Thread(() -> read(there.session(id))))
            .toList();
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }

    assertThat(there.box.requests()).isEqualTo(4);
    assertThat(there.box.maxConcurrentRequests()).isEqualTo(1);
  }
}
