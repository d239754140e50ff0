package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;
import static org.meterledger.driver.g13.SettingsExamples.SUCCESS;
import static org.meterledger.driver.g13.SettingsExamples.json;
import static org.meterledger.driver.g13.SettingsExamples.with;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.g13.G13Server.Response;

/** Settings part by part, in the manual's examples. */
@Timeout(60)
class G13SettingsTest {

  private final SettingsExamples examples = new SettingsExamples();
  private final G13Server server = examples.server;
  private final SettingsTarget settings = examples.meter;
  private final SettingsTarget gateway = examples.gateway;

  @AfterEach
  void stop() {
    examples.close();
  }

  @Test
  void whatIsReadObeysTheRulesOrIsShownAlthoughItCannotBeSent() {
    var told = new TreeMap<String, String>();
    for (SettingsTarget target : new SettingsTarget[] {settings, gateway}) {
      for (SettingsPart part : target.parts()) {
        var values = value(target.readPart(part.name())).values();
        told.merge(
            part.name(), SettingsExamples.broken(target, part.name(), values), String::concat);
      }
    }
    told.values().removeIf(String::isEmpty);

    assertThat(told)
        .isEqualTo(
            Map.of(
                "loadProfiles", "rows.6.interval choice",
                "alarms", "rows.0.output range",
                "pulses", "rows.0.port choice",
                "mBusWired", "meterContact range",
                "mBusInfrared", "meterContact range"));
    assertThat(examples.read("loadProfiles").getJsonArray("rows").getJsonObject(6))
        .isEqualTo(json("{'quantity':'80','interval':'450','items':3000}"));
    assertThat(examples.read("alarms").getJsonArray("rows").getJsonObject(0).getInt("output"))
        .isEqualTo(5000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "clock||{'time':'2012-08-05T01:11:31','daylightSaving':true,'startMonth':6,'startWeek':1,"
            + "'startWeekday':'1','startHour':2,'endMonth':10,'endWeek':1,'endWeekday':'1',"
            + "'endHour':1}",
        "transformers||{'currentNumerator':1,'currentDenominator':1,'voltageNumerator':1,"
            + "'voltageDenominator':1}",
        "conversionFactors||{'co2Factor':1.123,'currencyFactor':100.789}",
        "previousValues|/rows/13|{'quantity':'54'}",
        "previousValuesPeriod|/weekday|'1'",
        "loadProfiles|/rows/0|{'quantity':'1','interval':'60','items':15000}",
        "demand|/rows/0|{'quantity':'1','extreme':'minimum','level':1,'billing':'1'}",
        "demand|/rows/2|{'quantity':'1','extreme':'maximum','level':3,'billing':'2'}",
        "demandPeriod|/subInterval|'60'",
        "demandPeriod|/period|'weekly'",
        "alarms|/rows/2|{}",
        "alarms|/rows/19|{'used':false}",
        "alarms|/rows/24|{'used':true,'quantity':'72','onThreshold':0,'onDelay':0,"
            + "'offThreshold':0,'offDelay':0,'log':false,'output':1}",
        "ports||{'rows':[{'use':'pulseOut'},{'use':'alwaysOn'},{'use':'alarmOut'},"
            + "{'use':'input'}]}",
        "pulses|/rows/2|{'port':'off','pulseEnergy':'activeImport','pulseFrequency':10000,"
            + "'pulseLength':100}",
        "pulses|/rows/1/port|'1'",
        "naming||{'alias':'Gateway','location':'All Location'}",
        "ip||{'dhcp':false,'automaticDns':false,'address':'192.168.1.12',"
            + "'subnet':'255.255.255.0','gateway':'192.168.1.1','primaryDns':'0.0.0.0',"
            + "'secondaryDns':'0.0.0.0'}",
        "eqBus||{'baudRate':'500000','interOctetTimeout':40}",
        "mBusWired||{'ack':1000,'delayAfterTelegram':1000,'delayBeforeRequest':200,"
            + "'getRequest':0,'meterContact':0,'responseTimeout':0,'responseTimeoutBase':800}"
      })
  void partsAreReadAsTheManualHasThem(String part, String pointer, String told) {
    var at = pointer == null ? "" : pointer;

    assertThat(Json.createPointer(at).getValue(examples.read(part))).isEqualTo(json(told));
  }

  @Test
  void quantitiesAreThoseThatTheMeterMayStoreAndThoseThatItHas() {
    var offered = value(settings.readPart("previousValues")).choices().get("quantity");

    assertThat(offered)
        .containsEntry("1", "ACTIVE_ENERGY_IMPORT_TOTAL")
        .containsEntry("171", "RSTREG_ACT_ENERGY_IMP")
        .containsEntry("54", "IO_INPUT_CUMULATION_4")
        .containsEntry("10", "10")
        .doesNotContainKey("170");
    assertThat(offered.keySet()).first().isEqualTo("1");
    server.on(
        "GET /meters/ABB_8/associationobjects",
        "{\"associationobjects\":[1,0],\"role\":\"View Only\",\"serial\":\"ABB_8\"}");
    server.meter("previousvalues/configuration", "{\"interval\":\"daily\",\"pvconfig\":[171]}");
    assertThat(value(settings.readPart("previousValues")).choices().get("quantity"))
        .containsKey("1")
        .doesNotContainKey("2");
  }

  @Test
  void whatIsAsItWasIsNotSent() {
    for (String part : new String[] {"clock", "transformers", "demand", "ports", "ip", "naming"}) {
      var values = examples.sound(part);
      var requests = server.requests().size();

      accepted(examples.of(part).writePart(part, values, values));
      assertThat(server.requests()).hasSize(requests);
    }
  }

  @Test
  void onlyChangedAlarmsAreSentOneInARequest() {
    server.on("POST /meters/ABB_8/alarms/configuration", SUCCESS);
    var before = examples.sound("alarms");
    var after = with(with(before, "/rows/24/onThreshold", "7"), "/rows/24/output", "3");

    settings.writePart("alarms", before, after);

    assertThat(server.requests())
        .filteredOn(request -> request.method().equals("POST"))
        .singleElement()
        .satisfies(
            request ->
                assertThat(request.body())
                    .isEqualTo(
                        "{\"alarmconfig\":{\"id\":25,\"quantity\":72,\"onthreshold\":7,"
                            + "\"offthreshold\":0,\"ondelay\":0,\"offdelay\":0,\"log\":false,"
                            + "\"output\":3}}"));
  }

  @Test
  void alarmOnAPortThatIsNoAlarmOutputIsNotSent() {
    var before = examples.sound("alarms");
    var after = with(before, "/rows/24/output", "1");
    var other = with(before, "/rows/24/output", "4");

    var fault = refusal(settings.writePart("alarms", other, after));

    assertThat(fault.detail())
        .contains("Port 1 is no alarm output", "alarm 25", "nothing was sent");
    assertThat(server.requests()).noneMatch(request -> request.method().equals("POST"));
    server.on("GET /meters/ABB_8/io/configuration", any -> Response.error(500, "COSEM"));
    server.on("POST /meters/ABB_8/alarms/configuration", SUCCESS);
    settings.writePart("alarms", other, after);
    assertThat(server.requests()).anyMatch(request -> request.method().equals("POST"));
  }

  @Test
  void alarmIsNotTakenOutOfUseForNoRequestDoesIt() {
    var before = examples.sound("alarms");

    var fault =
        refusal(settings.writePart("alarms", before, with(before, "/rows/24", "{'used':false}")));

    assertThat(fault.kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(fault.detail()).contains("alarm 25 stays");
    assertThat(server.requests()).noneMatch(request -> request.method().equals("POST"));
  }

  @Test
  void portsThatStayAreNotChangedAndPulsesThatStayAreNotSent() {
    server.on("POST /meters/ABB_8/io/configuration", SUCCESS);
    server.on("POST /meters/ABB_8/io/pulse", SUCCESS);
    settings.writePart(
        "ports",
        examples.read("ports"),
        with(examples.read("ports"), "/rows/3/use", "'alwaysOff'"));
    settings.writePart(
        "pulses",
        examples.sound("pulses"),
        with(examples.sound("pulses"), "/rows/3/pulseLength", "200"));

    assertThat(server.requests())
        .filteredOn(request -> request.method().equals("POST"))
        .extracting(G13Server.Request::body)
        .containsExactly(
            "{\"ioconfig\":[255,255,255,6]}",
            "{\"pulse\":[{\"id\":4,\"port\":255,\"length\":200,\"frequency\":10000,"
                + "\"energytype\":3}]}");
  }

  @Test
  void ruleOfDaylightSavingGoesWithTheTimeThatTheClockThenShows() {
    server.on("POST /meters/ABB_8/datetime", SUCCESS);
    var before = examples.read("clock");

    settings.writePart("clock", before, with(before, "/daylightSaving", "false"));
    settings.writePart("clock", before, with(before, "/startMonth", "9"));
    settings.writePart("clock", before, with(before, "/startHour", "3"));
    settings.writePart("clock", before, with(before, "/time", "'2012-08-05T10:00:00'"));

    assertThat(server.requests())
        .filteredOn(request -> request.method().equals("POST"))
        .extracting(G13Server.Request::body)
        .satisfiesExactly(
            off ->
                assertThat(off)
                    .isEqualTo("{\"datetime\":\"2012-08-05T00:11:31\",\"dstenable\":false}"),
            later -> assertThat(later).contains("2012-08-05T00:11:31", "\"month\":9"),
            on -> assertThat(on).contains("2012-08-05T01:11:31", "\"hour\":3"),
            time -> assertThat(time).isEqualTo("{\"datetime\":\"2012-08-05T10:00:00\"}"));
  }

  @Test
  void clockThatIsNotSetTellsNoTime() {
    server.meter("datetime", "{\"datetime\":\"2000-01-01T00:00:09\",\"status\":\"not set\"}");

    assertThat(examples.read("clock")).isEqualTo(json("{'daylightSaving':false}"));
    assertThat(examples.broken("clock", examples.read("clock"))).isEqualTo("time required");
  }

  @Test
  void gatewayThatTellsImpossibleSettingsIsShownAsItIs() {
    server.on(
        "GET /configuration",
        G13Server.example("abb-g13-gateway/configuration")
            .replace("\"192.168.1.12\"", "\"999\"")
            .replace("500000", "4711"));

    assertThat(examples.read("ip").getString("address")).isEqualTo("999");
    assertThat(examples.broken("ip", examples.read("ip"))).isEqualTo("address pattern");
    assertThat(examples.broken("eqBus", examples.read("eqBus"))).isEqualTo("baudRate choice");
  }

  @Test
  void aPartThatIsNoneIsAMistakeOfTheCaller() {
    assertThatThrownBy(() -> settings.readPart("moon"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutAMeterPartsAreToldButNotRead() {
    try (var lost = G13Server.driver().open(G13Server.METER, server.endpoint())) {
      var target = lost.as(SettingsTarget.class).orElseThrow();

      assertThat(target.parts()).isEqualTo(settings.parts());
      assertThat(failure(target.readPart("transformers")).kind()).isEqualTo(Kind.INVALID_DATA);
      assertThat(
              refusal(
                      target.writePart(
                          "transformers",
                          JsonValue.EMPTY_JSON_OBJECT,
                          examples.read("transformers")))
                  .detail())
          .contains("which of its meters is meant");
    }
  }
}
