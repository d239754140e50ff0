package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.SettingsExamples.SUCCESS;
import static org.meterledger.driver.g13.SettingsExamples.json;
import static org.meterledger.driver.g13.SettingsExamples.with;

import jakarta.json.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Fault.Kind;

/** The limits of each part: told by field and rule, and nothing is sent that breaks one. */
@Timeout(60)
class G13SettingsLimitTest {

  private final SettingsExamples examples = new SettingsExamples();
  private final G13Server server = examples.server;

  @AfterEach
  void stop() {
    examples.close();
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
        "previousValuesPeriod|/period|'yearly'|period choice",
        "previousValuesPeriod|/weekday|null|weekday required",
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
        "demandPeriod|/interval|'3600'|",
        "demandPeriod|/interval|'7200'|interval choice",
        "demandPeriod|/subInterval|'900'|",
        "demandPeriod|/subInterval|'600'|subInterval divides",
        "demandPeriod|/subInterval|'30'|subInterval choice",
        "demandPeriod|/weekday|null|weekday required",
        "demand|/rows/0/level|3|",
        "demand|/rows/0/level|4|rows.0.level range",
        "demand|/rows/0/level|0|rows.0.level range",
        "demand|/rows/0/billing|'3'|rows.0.billing choice",
        "demand|/rows/0/extreme|'mean'|rows.0.extreme choice",
        "alarms|/rows/0/output|4|",
        "alarms|/rows/0/output|5|rows.0.output range",
        "alarms|/rows/0/output|0|rows.0.output range",
        "alarms|/rows/0/output|null|rows.0.output required",
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
    var before = examples.sound(part);
    var after = with(before, pointer, value);
    var requests = server.requests().size();

    assertThat(examples.broken(part, after)).isEqualTo(told == null ? "" : told);
    if (told != null) {
      assertThat(refusal(examples.of(part).writePart(part, before, after)).kind())
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
    var fits = with(examples.read("demand"), "/rows", rows.build().toString());

    assertThat(examples.broken("demand", fits)).isEmpty();
    assertThat(examples.broken("demand", with(fits, "/rows/7/quantity", "'1000'")))
        .isEqualTo("rows size");
    assertThat(examples.broken("demand", with(fits, "/rows/-", "{}"))).isEqualTo("rows count");
    server.on("POST /meters/ABB_8/demand/configuration", SUCCESS);
    server.meter(
        "demand/configuration",
        "{\"dmc\":[],\"interval\":[3600,3600],\"period\":\"weekly\",\"weekday\":7}");
    examples.meter.writePart("demand", examples.read("demand"), fits);
    assertThat(server.requests())
        .filteredOn(request -> request.method().equals("POST"))
        .singleElement()
        .satisfies(request -> assertThat(request.body()).hasSize(512));
  }
}
