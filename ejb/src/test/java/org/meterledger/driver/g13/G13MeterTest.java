package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.g13.G13Server.Response;

/** The resources of a meter (N30, N41 to N68), each by the example of the manual. */
@Timeout(60)
class G13MeterTest {

  private static final String SUCCESS = "{\"status\":\"success\"}";
  private static final LocalDateTime JULY = LocalDateTime.parse("2012-07-01T01:00:00");

  private final G13Server server = new G13Server().examples();
  private final G13Meter meter = server.meter();

  @AfterEach
  void stop() {
    server.close();
  }

  private void takes(String request) {
    server.on(request.replace(" ", " /meters/ABB_8/"), SUCCESS);
  }

  /** The body of the last request that was not a GET. */
  private String sent() {
    return server.requests().stream()
        .filter(request -> !request.method().equals("GET"))
        .reduce((a, b) -> b)
        .orElseThrow()
        .body();
  }

  @Test
  void n30AssociationObjects() {
    var rights = value(meter.associationObjects());

    assertThat(rights.role()).isEqualTo("View Only");
    assertThat(rights.allowed(1)).isTrue();
    assertThat(rights.allowed(10)).isFalse();
    assertThat(rights.allowed(11)).isFalse();
  }

  @Test
  void n41Time() {
    var time = value(meter.time());

    assertThat(time.at()).isEqualTo("2012-08-05T01:11:31");
    assertThat(time.set()).isTrue();
    assertThat(time.daylightSaving()).isTrue();
    assertThat(time.rule().start()).isEqualTo(new DaylightSaving.Change(6, 1, 1, 2));
    assertThat(time.rule().end()).isEqualTo(new DaylightSaving.Change(10, 1, 1, 1));
  }

  @Test
  void n41TimeThatIsNotSet() {
    server.meter("datetime", "{\"datetime\":\"2000-01-01T00:00:10\",\"status\":\"not set\"}");

    assertThat(value(meter.time()).set()).isFalse();
  }

  @Test
  void n42SetTime() {
    takes("POST datetime");

    accepted(meter.setTime(JULY));
    assertThat(sent()).isEqualTo("{\"datetime\":\"2012-07-01T01:00:00\"}");
    accepted(meter.setTime(JULY, null));
    assertThat(sent()).isEqualTo("{\"datetime\":\"2012-07-01T01:00:00\",\"dstenable\":false}");
    accepted(meter.setTime(JULY, value(meter.time()).rule()));
    assertThat(sent())
        .isEqualTo(
            "{\"datetime\":\"2012-07-01T01:00:00\",\"dstenable\":true,"
                + "\"dststart\":{\"month\":6,\"day\":1,\"week\":1,\"hour\":2},"
                + "\"dstend\":{\"month\":10,\"day\":1,\"week\":1,\"hour\":1}}");
  }

  @Test
  void n43Info() {
    var info = value(meter.info());

    assertThat(info.serialNumber()).isEqualTo("1231");
    assertThat(info.label().text()).isEqualTo("A44 514-100");
    assertThat(info.firmwareVersion()).isEqualTo("A0.0.0.0");
    assertThat(info.transformers()).isEqualTo(new TransformerRatios(1, 1, 1, 1));
    assertThat(info.conversionFactors().co2())
        .isEqualTo(new Measured(new BigDecimal("1.123"), "kg/kWh"));
    assertThat(info.powerFailures()).isEqualTo(4);
    assertThat(info.outageSeconds()).isZero();
  }

  @Test
  void n43InfoThatIsNotNested() {
    server.meter(
        "info",
        "{\"serial\":\"1231\",\"label\":\"A44 512-100\",\"firmwareversion\":\"A0.0.0.0\","
            + "\"ctdenum\":\"1\",\"ctnum\":\"40\",\"vtdenum\":1,\"vtnum\":1}");
    var info = value(meter.info());

    assertThat(info.transformers().currentNumerator()).isEqualTo(40);
    assertThat(info.conversionFactors()).isNull();
    assertThat(info.powerFailures()).isEqualTo(-1);
  }

  @Test
  void n44And45ConversionFactors() {
    takes("POST energy/conversionfactor");

    assertThat(value(meter.conversionFactors()).currency())
        .isEqualTo(new Measured(new BigDecimal("100.789"), "curr/kWh"));
    accepted(
        meter.setConversionFactors(new BigDecimal("1.123"), new BigDecimal("100.789")).result());
    assertThat(sent()).isEqualTo("{\"conversionfactor\":{\"co2\":1.123,\"currency\":100.789}}");
  }

  @Test
  void n45PartialApplicationIsSeenInWhatIsReadBack() {
    server.on(
        "POST /meters/ABB_8/energy/conversionfactor",
        any -> Response.error(500, "currency: received invalid response from COSEM."));
    var written = meter.setConversionFactors(new BigDecimal("1.123"), new BigDecimal("5"));

    assertThat(refusal(written.result()).detail()).contains("currency");
    assertThat(written.now().co2().value()).isEqualTo("1.123");
    assertThat(written.now().currency().value()).isEqualTo("100.789");
  }

  @Test
  void n46HardwareVersions() {
    assertThat(value(meter.hardwareVersions())).hasSize(8).contains("ABCDEFGHIJKLMNOP_7");
  }

  @Test
  void n47MBusInfo() {
    assertThat(value(meter.mBusInfo())).isEqualTo(new MBusInfo("ABB", 2, 1, 32, "1234"));
  }

  @Test
  void n48Transformers() {
    takes("POST transformersettings");

    accepted(meter.setTransformers(new TransformerRatios(1, 1, 1, 1)).result());
    assertThat(sent()).isEqualTo("{\"ctnum\":1,\"ctdenum\":1,\"vtnum\":1,\"vtdenum\":1}");
    assertThat(meter.setTransformers(new TransformerRatios(40, 1, 1, 1)).result())
        .isInstanceOf(CommandResult.Refused.class);
  }

  @Test
  void n49Status() {
    var status = value(meter.status());

    assertThat(status.serialNumber()).isEqualTo("1238");
    assertThat(status.label().phases()).contains(3);
    assertThat(status.label().throughTransformers()).contains(true);
    assertThat(status.label().level()).contains(Label.Level.PLATINUM);
    assertThat(new Label("something else").level()).isEmpty();
  }

  @Test
  void n50StatusFlags() {
    var flags = value(meter.statusFlags());

    assertThat(flags.errors()).containsExactly("ABB Specific Str 2", "ABB Specific Str 3");
    assertThat(flags.warnings()).containsExactly("NEG_POW Element2");
    assertThat(flags.information()).containsExactly("Alarm6 Active", "Alarm7 Active");
  }

  @Test
  void n51Events() {
    server.meter("events/2012-05-15T13:43:00/25", G13Server.example("abb-g13/meter/events"));
    var events = value(meter.events(LocalDateTime.parse("2012-05-15T13:43:00"), 25));

    assertThat(events.logs().keySet()).containsExactlyInAnyOrder("system", "quality", "event");
    assertThat(events.logs().get("system"))
        .contains(new MeterEvents.Event(LocalDateTime.parse("2011-12-18T10:12:00"), 1003, 2, 0));
  }

  @Test
  void n52Alarms() {
    var alarms = value(meter.alarms().list());

    assertThat(alarms).hasSize(4);
    assertThat(alarms.get(0)).isEqualTo(new Alarms.Alarm(1, 75, 310, 0, 240, 0, true, 5000));
    assertThat(alarms.get(2).quantity()).isZero();
  }

  @Test
  void n53SetAlarm() {
    takes("POST alarms/configuration");

    accepted(meter.alarms().set(new Alarms.Alarm(25, 70, 0, 0, 0, 0, true, 1)));
    assertThat(sent())
        .isEqualTo(
            "{\"alarmconfig\":{\"id\":25,\"quantity\":70,\"onthreshold\":0,\"offthreshold\":0,"
                + "\"ondelay\":0,\"offdelay\":0,\"log\":true,\"output\":1}}");
  }

  @Test
  void n54Energy() {
    var active = value(meter.energy().read(Energy.Kind.ACTIVE));

    assertThat(active.imported().get("l3"))
        .isEqualTo(new Measured(new BigDecimal("77587522.36"), "kWh"));
    assertThat(active.exported().get("t4").value()).isEqualTo("2.36");
    assertThat(active.net().get("l3").value()).isEqualTo("-77580916.94");
    assertThat(value(meter.energy().read(Energy.Kind.REACTIVE)).net()).hasSize(4);
    assertThat(value(meter.energy().read(Energy.Kind.APPARENT)).imported()).hasSize(4);
  }

  @Test
  void n55Conversion() {
    assertThat(value(meter.energy().read(Energy.Conversion.CO2)))
        .isEqualTo(new Measured(new BigDecimal("0.00"), "KG"));
    assertThat(value(meter.energy().read(Energy.Conversion.CURRENCY)).value()).isEqualTo("12.50");
  }

  @Test
  void n56To58Resettable() {
    takes("POST energy/resettable");

    assertThat(value(meter.energy().resettable()).get("activeimport"))
        .isEqualTo(new Measured(new BigDecimal("1758397.363"), "Wh"));
    assertThat(value(meter.energy().resetCounts())).containsEntry("activeexport", 2L);
    accepted(meter.energy().reset(EnumSet.of(Energy.Resettable.ACTIVE_IMPORT)));
    assertThat(sent()).isEqualTo("{\"resettableenergy\":{\"activeimport\":true}}");
  }

  @Test
  void n58ResetCountersAsPairs() {
    server.meter("energy/resetcounter", "{\"activeimport\":[\"3\",null]}");

    assertThat(value(meter.energy().resetCounts())).containsEntry("activeimport", 3L);
  }

  @Test
  void n59Power() {
    var power = value(meter.instruments().power());

    assertThat(power.active().get("total").value()).isEqualTo("2000000");
    assertThat(power.apparent().get("l1")).isEqualTo(new Measured(new BigDecimal("1100001"), "W"));
  }

  @Test
  void n60InstrumentWhateverStandsBetweenTheLines() {
    assertThat(value(meter.instruments().instrument()).get("l1_l3").get("voltage").value())
        .isEqualTo("251.920");

    server.meter(
        "instrument", G13Server.example("abb-g13/meter/instrument").replace("l1_l3", "l1 l3"));
    var places = value(meter.instruments().instrument());
    assertThat(places.get("l1_l3").get("voltage").value()).isEqualTo("251.920");
    assertThat(places.get("total").get("powerfactor").unit()).isEmpty();
  }

  @Test
  void n61And62Harmonics() {
    var voltage = value(meter.instruments().voltageHarmonics());

    assertThat(voltage.get("l1").harmonics()).hasSize(16);
    assertThat(voltage.get("l1").harmonics().get(2)).isEqualTo("2.5");
    assertThat(voltage.get("l1").thd()).isEqualTo("2.7");
    assertThat(value(meter.instruments().currentHarmonics())).containsKey("neutral");
  }

  @Test
  void n63States() {
    var ports = value(meter.ports().states());

    assertThat(ports.get(0)).isEqualTo(new Ports.State(false, null, null));
    assertThat(ports.get(2)).isEqualTo(new Ports.State(true, true, 48448L));
    assertThat(ports.get(2).input()).isTrue();
  }

  @Test
  void n64And67Configuration() {
    takes("POST io/configuration");

    assertThat(value(meter.ports().configuration()))
        .containsExactly(
            Ports.Use.PULSE_OUT, Ports.Use.ALWAYS_ON, Ports.Use.ALARM_OUT, Ports.Use.INPUT);
    accepted(
        meter
            .ports()
            .configure(
                List.of(
                    Ports.Use.PULSE_OUT,
                    Ports.Use.ALWAYS_ON,
                    Ports.Use.TARIFF_OUT,
                    Ports.Use.ALARM_OUT)));
    assertThat(sent()).isEqualTo("{\"ioconfig\":[3,5,4,2]}");

    server.meter("io/configuration", "{\"ioconfig\":[\"communiation_out\",\"255\"]}");
    assertThat(value(meter.ports().configuration()))
        .containsExactly(Ports.Use.COMMUNICATION_OUT, Ports.Use.DO_NOT_CHANGE);
  }

  @Test
  void n65And68Pulses() {
    takes("POST io/pulse");

    assertThat(value(meter.ports().pulses()).get(3))
        .isEqualTo(new Ports.Pulse(4, 255, 100, 10000, Ports.PulseEnergy.REACTIVE_EXPORT));
    accepted(
        meter
            .ports()
            .setPulses(
                List.of(new Ports.Pulse(1, 2, 100, 10000, Ports.PulseEnergy.REACTIVE_IMPORT))));
    assertThat(sent())
        .isEqualTo(
            "{\"pulse\":[{\"id\":1,\"port\":2,\"length\":100,\"frequency\":10000,"
                + "\"energytype\":2}]}");
  }

  @Test
  void n66EachPortByItself() {
    takes("POST io");

    accepted(
        meter
            .ports()
            .change(List.of(Ports.Change.output(1, false), Ports.Change.input(2, false, true))));
    assertThat(server.requests())
        .extracting(G13Server.Request::body)
        .containsExactly(
            "{\"iostatus\":[{\"port\":1,\"currentstate\":0}]}",
            "{\"iostatus\":[{\"port\":2,\"reset\":[\"counter\"]}]}");
  }
}
