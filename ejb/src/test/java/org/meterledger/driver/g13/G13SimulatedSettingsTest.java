package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RegisterResetTarget;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.metering.ObisCode;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.LoadProfileItem;
import org.meterledger.simulators.g13.MeterSettings;

/** What is set is what a meter that lives on then does. */
@Timeout(240)
class G13SimulatedSettingsTest {

  private static final Instant START = Instant.parse("2026-03-20T10:07:00Z");
  private static final String GATEWAY = "ABBG130000000001";
  private static final String PLATINUM = "ABB_8";
  private static final String IRON = "ABB_9";
  private static final List<String> LABELS =
      List.of("B21 012-100", "B23 112-100", "B24 212-100", "A43 312-100", "A41 412-100");

  private final SettableClock time = new SettableClock(START.plusSeconds(60));
  private final G13Simulator simulator =
      G13Simulator.start(List.of(GatewaySettings.of(GATEWAY, meters())), 0, time);
  private final G13Driver driver = new G13Driver(time, Duration.ofMillis(500));
  private final URI base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));

  private static List<MeterSettings> meters() {
    var meters = new ArrayList<MeterSettings>();
    meters.add(MeterSettings.of(PLATINUM, "A44 512-100", START));
    for (String label : LABELS) {
      meters.add(MeterSettings.of("ABB_" + (8 + meters.size()), label, START));
    }
    return meters;
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private Endpoint.Http endpoint(String user, String password) {
    var shown = value(ServerCertificate.shownBy(base, Duration.ofSeconds(10)));
    return new Endpoint.Http(
        base,
        user,
        password,
        Duration.ofSeconds(10),
        new CertificatePin(shown.sha256(), false),
        ZoneId.of("Europe/Zurich"));
  }

  private Endpoint.Http endpoint() {
    return endpoint("admin", "admin");
  }

  private MeterSession meter(String serial) {
    return driver.open(G13Server.METER, new Endpoint.BehindGateway(endpoint(), serial));
  }

  private SettingsTarget settings(String serial) {
    return meter(serial).as(SettingsTarget.class).orElseThrow();
  }

  private SettingsTarget gateway() {
    return gateway(endpoint());
  }

  private SettingsTarget gateway(Endpoint.Http endpoint) {
    return driver.open(G13Server.GATEWAY, endpoint).as(SettingsTarget.class).orElseThrow();
  }

  private org.meterledger.simulators.g13.G13Meter truth() {
    return simulator.gateway(0).meter(PLATINUM);
  }

  private static JsonValue json(String text) {
    try (var reader = Json.createReader(new StringReader(text.replace('\'', '"')))) {
      return reader.readValue();
    }
  }

  private static JsonObject with(JsonObject values, String pointer, String value) {
    var at = Json.createPointer(pointer);
    return !pointer.endsWith("-") && at.containsValue(values)
        ? at.replace(values, json(value))
        : at.add(values, json(value));
  }

  private static JsonObject read(SettingsTarget target, String part) {
    return value(target.readPart(part)).values();
  }

  private static CommandResult change(
      SettingsTarget target, String part, String pointer, String value) {
    var before = read(target, part);
    return target.writePart(part, before, with(before, pointer, value));
  }

  @ParameterizedTest
  @CsvSource({
    "ABB_8, ''",
    "ABB_9, 'conversionFactors loadProfiles previousValues demand alarms ports pulses'",
    "ABB_10, 'conversionFactors loadProfiles demand alarms ports pulses'",
    "ABB_11, 'loadProfiles demand alarms'",
    "ABB_12, 'loadProfiles'",
    "ABB_13, ''"
  })
  void eachTypeOfMeterTellsWhatItHasAndThatObeysTheRules(String serial, String without) {
    var target = settings(serial);
    var lacking = new ArrayList<String>();
    for (SettingsPart part : target.parts()) {
      var result = target.readPart(part.name());
      if (Results.value(result) == null) {
        assertThat(failure(result).kind()).as(part.name()).isEqualTo(Kind.UNSUPPORTED);
        lacking.add(part.name());
      } else {
        part.check(value(result).values());
        target.checkPart(part.name(), value(result).values());
      }
    }
    assertThat(String.join(" ", lacking)).isEqualTo(without);
  }

  @Test
  void timeOutsOfMBusesThatTheGatewayTellsButWouldNotTakeAreShown() {
    var target = gateway();
    for (SettingsPart part : target.parts()) {
      var values = read(target, part.name());
      var invalid = catchThrowableOfType(InvalidSetting.class, () -> part.check(values));
      if (part.name().startsWith("mBus")) {
        assertThat(invalid.field()).isEqualTo("meterContact");
        assertThat(values.getInt("responseTimeout")).isZero();
      } else {
        assertThat(invalid).as(part.name()).isNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "transformers|/currentNumerator|250",
        "conversionFactors|/co2Factor|0.412",
        "previousValues|/rows/0/quantity|'85'",
        "previousValues|/rows/-|{'quantity':'122'}",
        "previousValues|/rows|[]",
        "loadProfiles|/rows/6|{'quantity':'69','interval':'60','items':4000}",
        "demand|/rows/0|{'quantity':'96','extreme':'minimum','level':3,'billing':'2'}",
        "demand|/subInterval|'300'",
        "alarms|/rows/3|{'used':true,'quantity':'69','onThreshold':1,'onDelay':5,"
            + "'offThreshold':0,'offDelay':6,'log':true,'output':4}",
        "ports|/rows/0/use|'alwaysOn'",
        "pulses|/rows/1|{'port':'2','pulseEnergy':'reactiveExport','pulseFrequency':500,"
            + "'pulseLength':50}"
      })
  void whatIsSentToAMeterIsWhatItHasThen(String part, String pointer, String value) {
    var target = settings(PLATINUM);
    var before = read(target, part);
    var after = with(before, pointer, value);

    accepted(target.writePart(part, before, after));
    assertThat(read(settings(PLATINUM), part)).isEqualTo(after).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "naming|/alias|'Haus 3'",
        "naming|/location|'Keller Süd'",
        "ip|/primaryDns|'10.0.0.53'",
        "eqBus|/interOctetTimeout|6000"
      })
  void whatIsSentToAGatewayIsWhatItHasThen(String part, String pointer, String value) {
    var before = read(gateway(), part);
    var after = with(before, pointer, value);

    accepted(gateway().writePart(part, before, after));
    assertThat(read(gateway(), part)).isEqualTo(after);
  }

  @Test
  void timeOutsOfAnMBusAreSentOnceAllAreInTheirRanges() {
    var before = read(gateway(), "mBusWired");
    var after = with(with(before, "/meterContact", "10"), "/responseTimeout", "300");

    assertThat(
            refusal(gateway().writePart("mBusWired", before, with(before, "/ack", "300"))).kind())
        .isEqualTo(Kind.INVALID_DATA);
    accepted(gateway().writePart("mBusWired", before, after));
    assertThat(read(gateway(), "mBusWired")).isEqualTo(after);
    assertThat(read(gateway(), "mBusInfrared")).isEqualTo(before);
  }

  @Test
  void changedChannelCapturesAsItWasTold() {
    accepted(
        change(
            settings(PLATINUM),
            "loadProfiles",
            "/rows/6",
            "{'quantity':'69','interval':'60','items':4}"));
    time.advance(Duration.ofMinutes(10));

    assertThat(truth().loadProfile(7)).hasSize(4);
    assertThat(truth().loadProfile(7))
        .extracting(LoadProfileItem::timestamp)
        .allMatch(at -> at.getSecond() == 0);
  }

  @Test
  void alarmThatIsSetIsRaised() {
    accepted(
        change(
            settings(PLATINUM),
            "alarms",
            "/rows/1",
            "{'used':true,'quantity':'69','onThreshold':1,'onDelay':0,'offThreshold':0,"
                + "'offDelay':0,'log':true,'output':4}"));
    time.advance(Duration.ofHours(1));

    assertThat(truth().events()).anyMatch(event -> event.id() == 2014);
  }

  @Test
  void clocksShowWhatTheyWereSetTo() {
    accepted(change(settings(PLATINUM), "clock", "/time", "'2026-07-01T12:00:00'"));
    assertThat(truth().time()).isEqualTo(LocalDateTime.parse("2026-07-01T12:00:00"));
    accepted(change(settings(PLATINUM), "clock", "/daylightSaving", "false"));
    assertThat(truth().time()).isEqualTo(LocalDateTime.parse("2026-07-01T11:00:00"));
    assertThat(read(settings(PLATINUM), "clock"))
        .isEqualTo(json("{'time':'2026-07-01T11:00:00','daylightSaving':false}"));

    accepted(change(gateway(), "clock", "/time", "'2026-07-01T12:00:00'"));
    assertThat(simulator.gateway(0).time()).isEqualTo(LocalDateTime.parse("2026-07-01T12:00:00"));
  }

  @Test
  void whatWasAppliedInPartIsRefusedAndReadBack() {
    var target = settings(PLATINUM);
    var before = read(target, "conversionFactors");
    var after = with(with(before, "/co2Factor", "0.5"), "/currencyFactor", "7.5");
    simulator.gateway(0).inject(Fault.PARTIAL_UPDATE, 1);

    assertThat(refusal(target.writePart("conversionFactors", before, after)).detail())
        .contains("Aborted at currency");
    assertThat(read(target, "conversionFactors").getJsonNumber("co2Factor").doubleValue())
        .isEqualTo(0.5);
    accepted(target.writePart("conversionFactors", read(target, "conversionFactors"), after));
  }

  @Test
  void lostAnswerIsDecidedByWhatTheMeterHasThen() {
    var target = settings(PLATINUM);
    var before = read(target, "demand");
    var after = with(before, "/subInterval", "'300'");

    simulator.gateway(0).inject(Fault.CONNECTION_RESET, 2);
    assertThat(target.writePart("demand", before, after))
        .isNotInstanceOf(CommandResult.Accepted.class);
    simulator.gateway(0).clearFaults();
    assertThat(read(target, "demand")).isEqualTo(before);
    simulator.gateway(0).inject(Fault.BODY_CUT, 1);
    accepted(target.writePart("demand", before, after));
    assertThat(read(target, "demand")).isEqualTo(after);
  }

  @ParameterizedTest
  @ValueSource(strings = {"demand", "ports", "previousValues"})
  void errorUnderAGoodStatusIsARefusal(String part) {
    var target = settings(PLATINUM);
    var before = read(target, part);
    var pointer = part.equals("ports") ? "/rows/0/use" : "/period";
    var value = part.equals("ports") ? "'alwaysOn'" : "'monthly'";
    simulator.gateway(0).inject(Fault.ERROR_UNDER_200, 1);

    refusal(target.writePart(part, before, with(before, pointer, value)));
    assertThat(read(target, part)).isEqualTo(before);
  }

  @Test
  void accountThatMayOnlyLookChangesNothing() {
    var users = driver.gateway(endpoint()).users();
    accepted(users.add("vera", "geheim77"));
    accepted(users.bind("vera", PLATINUM, Users.Access.VIEW_ONLY));
    var looking = endpoint("vera", "geheim77");
    var meter =
        driver
            .open(G13Server.METER, new Endpoint.BehindGateway(looking, PLATINUM))
            .as(SettingsTarget.class)
            .orElseThrow();

    assertThat(refusal(change(meter, "ports", "/rows/0/use", "'alwaysOn'")).kind())
        .isEqualTo(Kind.ACCESS_DENIED);
    assertThat(refusal(change(gateway(looking), "naming", "/alias", "'x'")).kind())
        .isEqualTo(Kind.ACCESS_DENIED);
    assertThat(read(gateway(), "naming").getString("alias")).isEqualTo("Gateway");
    assertThat(read(settings(PLATINUM), "ports").getJsonArray("rows").getJsonObject(0))
        .isEqualTo(json("{'use':'input'}"));
  }

  @Test
  void storedEntriesAreErasedEachByItself() {
    time.advance(Duration.ofDays(2));
    var target = meter(PLATINUM).as(ClearTarget.class).orElseThrow();
    assertThat(target.clearable())
        .containsExactlyInAnyOrder(Kept.LOAD_PROFILES, Kept.PREVIOUS_VALUES, Kept.DEMAND);

    accepted(target.clear(Kept.DEMAND));
    assertThat(truth().demand()).isEmpty();
    assertThat(truth().previousValues()).isNotEmpty();
    accepted(target.clear(Kept.PREVIOUS_VALUES));
    assertThat(truth().previousValues()).isEmpty();
    assertThat(truth().loadProfile(1)).isNotEmpty();
    accepted(target.clear(Kept.LOAD_PROFILES));
    assertThat(truth().loadProfile(1)).isEmpty();

    truth().setWritesDenied(true);
    for (Kept what : target.clearable()) {
      assertThat(refusal(target.clear(what)).kind()).isEqualTo(Kind.ACCESS_DENIED);
    }
  }

  @Test
  void registersAreResetAndCounted() {
    var import1 = ObisCode.of("1-129:1.8.0*255");
    var export1 = ObisCode.of("1-129:2.8.0*255");
    time.advance(Duration.ofDays(2));
    var target = meter(PLATINUM).as(RegisterResetTarget.class).orElseThrow();
    assertThat(target.resettable()).hasSize(4).contains(import1, export1);
    var before = value(target.resetCounts());
    assertThat(truth().value(171, time.instant())).isPositive();

    accepted(target.reset(java.util.Set.of(import1)));

    assertThat(truth().value(171, time.instant())).isZero();
    var after = value(target.resetCounts());
    assertThat(after.get(import1)).isEqualTo(before.get(import1) + 1);
    assertThat(after.get(export1)).isEqualTo(before.get(export1));
    assertThat(failure(meter(IRON).as(RegisterResetTarget.class).orElseThrow().resetCounts()))
        .extracting(org.meterledger.driver.Fault::kind)
        .isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void gatewayErasesItsLogAndStartsAnew() {
    var session = driver.open(G13Server.GATEWAY, endpoint());
    var clear = session.as(ClearTarget.class).orElseThrow();
    assertThat(clear.clearable()).containsExactly(Kept.LOGBOOK);
    simulator.gateway(0).setConnected(IRON, false);

    accepted(clear.clear(Kept.LOGBOOK));
    assertThat(simulator.gateway(0).events())
        .singleElement()
        .satisfies(event -> assertThat(event.id()).isEqualTo(12));
    accepted(session.as(org.meterledger.driver.RebootTarget.class).orElseThrow().reboot());
    assertThat(failure(session.identify()).kind()).isNotEqualTo(Kind.UNSUPPORTED);
    time.advance(Duration.ofSeconds(31));
    value(session.identify());
  }

  @Test
  void whatNobodyReadsIsNotErased() {
    try (var server = new G13Server().examples();
        var session = server.session()) {
      var fault = refusal(session.as(ClearTarget.class).orElseThrow().clear(Kept.LOAD_PROFILES));

      assertThat(fault.detail()).contains("each 450 s", "nothing was erased");
      assertThat(server.requests()).noneMatch(request -> request.method().equals("DELETE"));
    }
  }
}
