package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;
import static org.meterledger.driver.g13.SettingsExamples.json;
import static org.meterledger.driver.g13.SettingsExamples.with;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ObisCode;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.LoadProfileItem;

/** What is set is what a meter that lives on then does. */
@Timeout(240)
class G13SimulatedSettingsTest {

  private static final String PLATINUM = SimulatedGateway.PLATINUM;

  private final SimulatedGateway here = new SimulatedGateway();

  @AfterEach
  void stop() {
    here.close();
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
    "ABB_9, 'conversionFactors loadProfiles previousValuesPeriod previousValues demandPeriod demand alarms ports pulses'",
    "ABB_10, 'conversionFactors loadProfiles demandPeriod demand alarms ports pulses'",
    "ABB_11, 'loadProfiles demandPeriod demand alarms'",
    "ABB_12, 'loadProfiles'",
    "ABB_13, ''"
  })
  void eachTypeOfMeterTellsWhatItHasAndThatObeysTheRules(String serial, String without) {
    var target = here.settings(serial);
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
    var target = here.gateway();
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
        "previousValuesPeriod|/period|'monthly'",
        "loadProfiles|/rows/6|{'quantity':'69','interval':'60','items':4000}",
        "demand|/rows/0|{'quantity':'96','extreme':'minimum','level':3,'billing':'2'}",
        "demandPeriod|/subInterval|'300'",
        "alarms|/rows/3|{'used':true,'quantity':'69','onThreshold':1,'onDelay':5,"
            + "'offThreshold':0,'offDelay':6,'log':true,'output':4}",
        "ports|/rows/0/use|'alwaysOn'",
        "pulses|/rows/1|{'port':'2','pulseEnergy':'reactiveExport','pulseFrequency':500,"
            + "'pulseLength':50}"
      })
  void whatIsSentToAMeterIsWhatItHasThen(String part, String pointer, String value) {
    var target = here.settings(PLATINUM);
    var before = read(target, part);
    var after = with(before, pointer, value);

    accepted(target.writePart(part, before, after));
    assertThat(read(here.settings(PLATINUM), part)).isEqualTo(after).isNotEqualTo(before);
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
    var before = read(here.gateway(), part);
    var after = with(before, pointer, value);

    accepted(here.gateway().writePart(part, before, after));
    assertThat(read(here.gateway(), part)).isEqualTo(after);
  }

  @Test
  void timeOutsOfAnMBusAreSentOnceAllAreInTheirRanges() {
    var before = read(here.gateway(), "mBusWired");
    var after = with(with(before, "/meterContact", "10"), "/responseTimeout", "300");

    assertThat(
            refusal(here.gateway().writePart("mBusWired", before, with(before, "/ack", "300")))
                .kind())
        .isEqualTo(Kind.INVALID_DATA);
    accepted(here.gateway().writePart("mBusWired", before, after));
    assertThat(read(here.gateway(), "mBusWired")).isEqualTo(after);
    assertThat(read(here.gateway(), "mBusInfrared")).isEqualTo(before);
  }

  @Test
  void changedChannelCapturesAsItWasTold() {
    accepted(
        change(
            here.settings(PLATINUM),
            "loadProfiles",
            "/rows/6",
            "{'quantity':'69','interval':'60','items':4}"));
    here.time.advance(Duration.ofMinutes(10));

    assertThat(here.truth().loadProfile(7)).hasSize(4);
    assertThat(here.truth().loadProfile(7))
        .extracting(LoadProfileItem::timestamp)
        .allMatch(at -> at.getSecond() == 0);
  }

  /** What a change erases is read before it in the same session. */
  @Test
  void sessionThatChangedTheChannelsReadsByTheNewOnes() {
    try (var session = here.meter(PLATINUM)) {
      assertThat(channelsEachMinute(session)).isEmpty();
      accepted(
          change(
              session.as(SettingsTarget.class).orElseThrow(),
              "loadProfiles",
              "/rows/6",
              "{'quantity':'69','interval':'60','items':4}"));
      here.time.advance(Duration.ofMinutes(10));

      assertThat(channelsEachMinute(session)).contains(ObisCode.of("1-0:32.7.0*255"));
    }
  }

  private static List<ObisCode> channelsEachMinute(MeterSession session) {
    var source = session.as(LoadProfileSource.class).orElseThrow();
    var minutes = ObisCode.of("1-0:99.1.128*255");
    return value(source.readLoadProfile(minutes, Cursor.START)).content().channels().stream()
        .map(Channel::obis)
        .toList();
  }

  @Test
  void alarmThatIsSetIsRaised() {
    accepted(
        change(
            here.settings(PLATINUM),
            "alarms",
            "/rows/1",
            "{'used':true,'quantity':'69','onThreshold':1,'onDelay':0,'offThreshold':0,"
                + "'offDelay':0,'log':true,'output':4}"));
    here.time.advance(Duration.ofHours(1));

    assertThat(here.truth().events()).anyMatch(event -> event.id() == 2014);
  }

  @Test
  void clocksShowWhatTheyWereSetTo() {
    accepted(change(here.settings(PLATINUM), "clock", "/time", "'2026-07-01T12:00:00'"));
    assertThat(here.truth().time()).isEqualTo(LocalDateTime.parse("2026-07-01T12:00:00"));
    accepted(change(here.settings(PLATINUM), "clock", "/daylightSaving", "false"));
    assertThat(here.truth().time()).isEqualTo(LocalDateTime.parse("2026-07-01T11:00:00"));
    assertThat(read(here.settings(PLATINUM), "clock"))
        .isEqualTo(json("{'time':'2026-07-01T11:00:00','daylightSaving':false}"));

    accepted(change(here.gateway(), "clock", "/time", "'2026-07-01T12:00:00'"));
    assertThat(here.simulator.gateway(0).time())
        .isEqualTo(LocalDateTime.parse("2026-07-01T12:00:00"));
  }

  @Test
  void whatWasAppliedInPartIsRefusedAndReadBack() {
    var target = here.settings(PLATINUM);
    var before = read(target, "conversionFactors");
    var after = with(with(before, "/co2Factor", "0.5"), "/currencyFactor", "7.5");
    here.simulator.gateway(0).inject(Fault.PARTIAL_UPDATE, 1);

    assertThat(refusal(target.writePart("conversionFactors", before, after)).detail())
        .contains("Aborted at currency");
    assertThat(read(target, "conversionFactors").getJsonNumber("co2Factor").doubleValue())
        .isEqualTo(0.5);
    accepted(target.writePart("conversionFactors", read(target, "conversionFactors"), after));
  }

  @Test
  void lostAnswerIsDecidedByWhatTheMeterHasThen() {
    var target = here.settings(PLATINUM);
    var before = read(target, "loadProfiles");
    var after = with(before, "/rows/6/items", "100");

    here.simulator.gateway(0).inject(Fault.CONNECTION_RESET, 2);
    assertThat(target.writePart("loadProfiles", before, after))
        .isNotInstanceOf(CommandResult.Accepted.class);
    here.simulator.gateway(0).clearFaults();
    assertThat(read(target, "loadProfiles")).isEqualTo(before);
    here.simulator.gateway(0).inject(Fault.BODY_CUT, 1);
    accepted(target.writePart("loadProfiles", before, after));
    assertThat(read(target, "loadProfiles")).isEqualTo(after);
  }

  @ParameterizedTest
  @CsvSource({
    "ports, /rows/0/use, 'alwaysOn'",
    "loadProfiles, /rows/6/items, 100",
    "conversionFactors, /co2Factor, 0.5"
  })
  void errorUnderAGoodStatusIsARefusal(String part, String pointer, String value) {
    var target = here.settings(PLATINUM);
    var before = read(target, part);
    var told = part.equals("ports") ? "'" + value + "'" : value;
    here.simulator.gateway(0).inject(Fault.ERROR_UNDER_200, 1);

    refusal(target.writePart(part, before, with(before, pointer, told)));
    assertThat(read(target, part)).isEqualTo(before);
  }

  @Test
  void accountThatMayOnlyLookChangesNothing() {
    var users = here.driver.gateway(here.endpoint()).users();
    accepted(users.add("vera", "geheim77"));
    accepted(users.bind("vera", PLATINUM, Users.Access.VIEW_ONLY));
    var looking = here.endpoint("vera", "geheim77");
    var meter =
        here.driver
            .open(G13Server.METER, new Endpoint.BehindGateway(looking, PLATINUM))
            .as(SettingsTarget.class)
            .orElseThrow();

    assertThat(refusal(change(meter, "ports", "/rows/0/use", "'alwaysOn'")).kind())
        .isEqualTo(Kind.ACCESS_DENIED);
    assertThat(refusal(change(here.gateway(looking), "naming", "/alias", "'x'")).kind())
        .isEqualTo(Kind.ACCESS_DENIED);
    assertThat(read(here.gateway(), "naming").getString("alias")).isEqualTo("Gateway");
    assertThat(read(here.settings(PLATINUM), "ports").getJsonArray("rows").getJsonObject(0))
        .isEqualTo(json("{'use':'input'}"));
  }
}
