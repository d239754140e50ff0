package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.g13.G13Server.Response;

/** Settings part by part, in the manual's examples. */
@Timeout(60)
class G13SettingsTest {

  private static final String SUCCESS = "{\"status\":\"success\"}";

  private final G13Server server = new G13Server().examples();
  private final G13MeterSession session = server.session();
  private final SettingsTarget settings = session.as(SettingsTarget.class).orElseThrow();
  private final SettingsTarget gateway =
      G13Server.driver()
          .open(G13Server.GATEWAY, server.endpoint())
          .as(SettingsTarget.class)
          .orElseThrow();

  @AfterEach
  void stop() {
    session.close();
    server.close();
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

  private SettingsTarget of(String part) {
    return settings.parts().stream().anyMatch(each -> each.name().equals(part))
        ? settings
        : gateway;
  }

  private JsonObject read(String part) {
    return value(of(part).readPart(part)).values();
  }

  /** The example, with what it has against the manual's own rules put right. */
  private JsonObject sound(String part) {
    var values = read(part);
    return switch (part) {
      case "loadProfiles" -> with(values, "/rows/6/interval", "'600'");
      case "alarms" -> with(with(values, "/rows/0/output", "1"), "/rows/1/output", "2");
      case "pulses" -> with(values, "/rows/0/port", "'off'");
      case "mBusWired", "mBusInfrared" ->
          with(with(values, "/meterContact", "10"), "/responseTimeout", "300");
      default -> values;
    };
  }

  /** Field and rule; empty where all are obeyed. */
  private String broken(String part, JsonObject values) {
    return broken(of(part), part, values);
  }

  private static String broken(SettingsTarget target, String part, JsonObject values) {
    var description = target.parts().stream().filter(each -> each.name().equals(part)).findFirst();
    var invalid =
        catchThrowableOfType(
            InvalidSetting.class,
            () -> {
              description.orElseThrow().check(values);
              target.checkPart(part, values);
            });
    return invalid == null ? "" : invalid.field() + " " + invalid.rule();
  }

  @Test
  void whatIsReadObeysTheRulesOrIsShownAlthoughItCannotBeSent() {
    var told = new TreeMap<String, String>();
    for (SettingsTarget target : new SettingsTarget[] {settings, gateway}) {
      for (SettingsPart part : target.parts()) {
        var values = value(target.readPart(part.name())).values();
        told.merge(part.name(), broken(target, part.name(), values), String::concat);
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
    assertThat(read("loadProfiles").getJsonArray("rows").getJsonObject(6))
        .isEqualTo(json("{'quantity':'80','interval':'450','items':3000}"));
    assertThat(read("alarms").getJsonArray("rows").getJsonObject(0).getInt("output"))
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
        "previousValues|/weekday|'1'",
        "loadProfiles|/rows/0|{'quantity':'1','interval':'60','items':15000}",
        "demand|/rows/0|{'quantity':'1','extreme':'minimum','level':1,'billing':'1'}",
        "demand|/rows/2|{'quantity':'1','extreme':'maximum','level':3,'billing':'2'}",
        "demand|/subInterval|'60'",
        "demand|/period|'weekly'",
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

    assertThat(Json.createPointer(at).getValue(read(part))).isEqualTo(json(told));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "clock|/time|'today'|time type",
        "clock|/startMonth|0|startMonth range",
        "clock|/startMonth|12|",
        "clock|/startMonth|13|startMonth range",
        "clock|/endWeek|5|",
        "clock|/endWeek|6|endWeek range",
        "clock|/endWeekday|'7'|",
        "clock|/endWeekday|'8'|endWeekday choice",
        "clock|/startHour|23|",
        "clock|/startHour|24|startHour range",
        "clock|/endHour|null|endHour required",
        "transformers|/currentNumerator|1|",
        "transformers|/currentNumerator|0|currentNumerator range",
        "conversionFactors|/co2Factor|9.998|",
        "conversionFactors|/co2Factor|9.999|co2Factor range",
        "conversionFactors|/co2Factor|0|",
        "conversionFactors|/co2Factor|-0.001|co2Factor range",
        "conversionFactors|/co2Factor|1.1234|co2Factor decimals",
        "conversionFactors|/currencyFactor|999998.999|",
        "conversionFactors|/currencyFactor|999999|currencyFactor range",
        "previousValues|/period|'yearly'|period choice",
        "previousValues|/weekday|null|weekday required",
        "previousValues|/rows/0/quantity|'9999'|",
        "previousValues|/rows/0/quantity|'10000'|rows.0.quantity choice",
        "previousValues|/rows/3/quantity|'0'|rows.3.quantity choice",
        "previousValues|/rows/3/quantity|'VOLTAGE_L1'|rows.3.quantity choice",
        "loadProfiles|/rows/1/items|1|",
        "loadProfiles|/rows/1/items|0|rows.1.items range",
        "loadProfiles|/rows/1/items|40001|rows.1.items range",
        "loadProfiles|/rows/0/items|20000|",
        "loadProfiles|/rows/0/items|20001|rows sum",
        "loadProfiles|/rows/2/interval|'86400'|",
        "loadProfiles|/rows/2/interval|'240'|rows.2.interval choice",
        "loadProfiles|/rows/2|{}|rows.2.quantity required",
        "demand|/interval|'3600'|",
        "demand|/interval|'7200'|interval choice",
        "demand|/subInterval|'900'|",
        "demand|/subInterval|'600'|subInterval divides",
        "demand|/subInterval|'30'|subInterval choice",
        "demand|/weekday|null|weekday required",
        "demand|/rows/0/level|3|",
        "demand|/rows/0/level|4|rows.0.level range",
        "demand|/rows/0/level|0|rows.0.level range",
        "demand|/rows/0/billing|'3'|rows.0.billing choice",
        "demand|/rows/0/extreme|'mean'|rows.0.extreme choice",
        "alarms|/rows/0/output|4|",
        "alarms|/rows/0/output|5|rows.0.output range",
        "alarms|/rows/0/output|0|rows.0.output range",
        "alarms|/rows/0/output|null|",
        "alarms|/rows/24/offDelay|2147483647|",
        "alarms|/rows/24/offDelay|2147483648|rows.24.offDelay range",
        "alarms|/rows/24/offDelay|-1|rows.24.offDelay range",
        "alarms|/rows/24/onThreshold|-2147483648|",
        "alarms|/rows/24/onThreshold|-2147483649|rows.24.onThreshold range",
        "alarms|/rows/24/quantity|null|rows.24.quantity required",
        "alarms|/rows/24/log|null|rows.24.log required",
        "alarms|/rows/24/used|false|rows.24.used unused",
        "alarms|/rows/24|{'used':false}|",
        "alarms|/rows/24|{'output':1}|rows.24.used unused",
        "alarms|/rows|[]|rows count",
        "ports|/rows/0/use|'tariffOut'|",
        "ports|/rows/0/use|'moon'|rows.0.use choice",
        "ports|/rows|[]|rows count",
        "pulses|/rows/0/port|'4'|",
        "pulses|/rows/0/port|'5'|rows.0.port choice",
        "pulses|/rows/0/pulseLength|1|",
        "pulses|/rows/0/pulseLength|0|rows.0.pulseLength range",
        "pulses|/rows/0/pulseFrequency|0|rows.0.pulseFrequency range",
        "pulses|/rows/0/pulseEnergy|'turnedOff'|",
        "pulses|/rows/0/pulseEnergy|'light'|rows.0.pulseEnergy choice",
        "naming|/alias|'123456789012345678901'|",
        "naming|/alias|'1234567890123456789012'|alias length",
        "naming|/alias|' '|alias pattern",
        "naming|/location|'a\\nb'|location pattern",
        "ip|/address|'255.255.255.255'|",
        "ip|/address|'1.1.1.256'|address pattern",
        "ip|/address|'1.1.1'|address pattern",
        "ip|/automaticDns|true|automaticDns static",
        "ip|/dhcp|true|",
        "eqBus|/baudRate|'1200'|",
        "eqBus|/baudRate|'1201'|baudRate choice",
        "eqBus|/interOctetTimeout|20|",
        "eqBus|/interOctetTimeout|19|interOctetTimeout range",
        "eqBus|/interOctetTimeout|6000|",
        "eqBus|/interOctetTimeout|6001|interOctetTimeout range",
        "mBusWired|/ack|200|",
        "mBusWired|/ack|199|ack range",
        "mBusWired|/ack|2001|ack range",
        "mBusInfrared|/delayAfterTelegram|60000|",
        "mBusInfrared|/delayAfterTelegram|60001|delayAfterTelegram range",
        "mBusInfrared|/delayBeforeRequest|49|delayBeforeRequest range",
        "mBusInfrared|/meterContact|25001|meterContact range",
        "mBusInfrared|/responseTimeout|299|responseTimeout range",
        "mBusInfrared|/responseTimeoutBase|10001|responseTimeoutBase range",
        "mBusInfrared|/getRequest|-1|getRequest range"
      })
  void limitsAreCheckedByFieldBeforeAnythingIsSent(
      String part, String pointer, String value, String told) {
    var before = sound(part);
    var after = with(before, pointer, value);
    var requests = server.requests().size();

    assertThat(broken(part, after)).isEqualTo(told == null ? "" : told);
    if (told != null) {
      assertThat(refusal(of(part).writePart(part, before, after)).kind())
          .isEqualTo(Kind.INVALID_DATA);
    }
    assertThat(server.requests()).hasSize(requests);
  }

  @Test
  void fiftyDemandChannelsJustFitAndWhatIsLongerIsRefused() {
    var rows = Json.createArrayBuilder();
    for (int i = 0; i < 50; i++) {
      rows.add(json("{'quantity':'104','extreme':'maximum','level':3,'billing':'2'}"));
    }
    var fits = with(with(read("demand"), "/interval", "'3600'"), "/subInterval", "'3600'");
    fits = with(fits, "/rows", rows.build().toString());

    assertThat(broken("demand", fits)).isEmpty();
    assertThat(broken("demand", with(fits, "/rows/7/quantity", "'1000'"))).isEqualTo("rows size");
    assertThat(broken("demand", with(fits, "/rows/-", "{}"))).isEqualTo("rows count");
    server.on("POST /meters/ABB_8/demand/configuration", SUCCESS);
    settings.writePart("demand", read("demand"), fits);
    assertThat(server.requests())
        .filteredOn(request -> request.method().equals("POST"))
        .singleElement()
        .satisfies(request -> assertThat(request.body()).hasSize(512));
  }

  @Test
  void whatIsAsItWasIsNotSent() {
    for (String part : new String[] {"clock", "transformers", "demand", "ports", "ip", "naming"}) {
      var values = sound(part);
      var requests = server.requests().size();

      accepted(of(part).writePart(part, values, values));
      assertThat(server.requests()).hasSize(requests);
    }
  }

  @Test
  void onlyChangedAlarmsAreSentOneInARequest() {
    server.on("POST /meters/ABB_8/alarms/configuration", SUCCESS);
    var before = sound("alarms");
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
    var before = sound("alarms");
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
    var before = sound("alarms");

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
    settings.writePart("ports", read("ports"), with(read("ports"), "/rows/3/use", "'alwaysOff'"));
    settings.writePart(
        "pulses", sound("pulses"), with(sound("pulses"), "/rows/3/pulseLength", "200"));

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
    var before = read("clock");

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

    assertThat(read("clock")).isEqualTo(json("{'daylightSaving':false}"));
    assertThat(broken("clock", read("clock"))).isEqualTo("time required");
  }

  @Test
  void gatewayThatTellsImpossibleSettingsIsShownAsItIs() {
    server.on(
        "GET /configuration",
        G13Server.example("abb-g13-gateway/configuration")
            .replace("\"192.168.1.12\"", "\"999\"")
            .replace("500000", "4711"));

    assertThat(read("ip").getString("address")).isEqualTo("999");
    assertThat(broken("ip", read("ip"))).isEqualTo("address pattern");
    assertThat(broken("eqBus", read("eqBus"))).isEqualTo("baudRate choice");
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
                          "transformers", JsonValue.EMPTY_JSON_OBJECT, read("transformers")))
                  .detail())
          .contains("which of its meters is meant");
    }
  }
}
