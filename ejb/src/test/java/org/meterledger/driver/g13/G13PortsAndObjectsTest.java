package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.CosemSource;
import org.meterledger.driver.CosemSource.Attribute;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SwitchTarget;
import org.meterledger.driver.SwitchTarget.Port;
import org.meterledger.driver.SwitchTarget.Use;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterValue;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;

/** Ports and raw objects of a meter with them, and of one without. */
@Timeout(120)
class G13PortsAndObjectsTest {

  private static final Instant START = Instant.parse("2026-03-20T10:00:00Z");
  private static final String PLATINUM = "ABB_8";
  private static final String IRON = "ABB_9";
  private static final ObisCode VOLTAGE = ObisCode.of("1-0:32.7.0*255");

  private final SettableClock time = new SettableClock(START.plus(Duration.ofHours(30)));
  private final G13Simulator simulator =
      G13Simulator.start(
          List.of(
              GatewaySettings.of(
                  "ABBG130000000001",
                  List.of(
                      MeterSettings.of(PLATINUM, "A44 512-100", START),
                      MeterSettings.of(IRON, "A41 012-100", START)))),
          0,
          time);
  private final G13Driver driver = new G13Driver(time, Duration.ofMillis(500));

  @AfterEach
  void stop() {
    simulator.close();
  }

  private G13MeterSession session(String serial) {
    var base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));
    var shown = value(ServerCertificate.shownBy(base, Duration.ofSeconds(10)));
    var gateway =
        new Endpoint.Http(
            base,
            "admin",
            "admin",
            Duration.ofSeconds(10),
            new CertificatePin(shown.sha256(), false),
            ZoneId.of("Europe/Zurich"));
    return (G13MeterSession)
        driver.open(G13Server.METER, new Endpoint.BehindGateway(gateway, serial));
  }

  private SwitchTarget ports(String serial) {
    return session(serial).as(SwitchTarget.class).orElseThrow();
  }

  private CosemSource objects(String serial) {
    return session(serial).as(CosemSource.class).orElseThrow();
  }

  @Test
  void portsTellWhatTheyAreFor() {
    simulator.gateway(0).meter(PLATINUM).setInput(1, true);
    var ports = value(ports(PLATINUM).readPorts());

    assertThat(ports)
        .extracting(Port::use)
        .containsExactly(Use.INPUT, Use.INPUT, Use.COMMUNICATION, Use.ALARM);
    assertThat(ports.get(0).on()).isTrue();
    assertThat(ports.get(0).storedState()).isTrue();
    assertThat(ports.get(0).count()).isNotNull();
    assertThat(ports.get(2))
        .satisfies(
            port -> {
              assertThat(port.switchable()).isTrue();
              assertThat(port.count()).isNull();
              assertThat(port.storedState()).isNull();
            });
    assertThat(ports.get(3).switchable()).isFalse();
  }

  @Test
  void portsArePresentValuesUnderTheSameCodes() {
    var session = session(PLATINUM);
    var ports = value(session.as(SwitchTarget.class).orElseThrow().readPorts());
    var present = value(session.as(RegisterSource.class).orElseThrow().readRegisters());

    assertThat(present.values())
        .filteredOn(value -> value.obis().d() == 3 && value.obis().c() == 96)
        .containsExactlyInAnyOrderElementsOf(
            ports.stream()
                .flatMap(port -> port.registers().stream())
                .filter(value -> value.obis().c() == 96)
                .toList());
    assertThat(present.values())
        .extracting(RegisterValue::obis)
        .contains(ObisCode.of("1-1:82.8.0*255"), ObisCode.of("1-2:82.8.0*255"));
  }

  @Test
  void outputForCommunicationIsSwitchedAndOthersAreNot() {
    var target = ports(PLATINUM);

    accepted(target.switchOutput(3, true));
    assertThat(value(target.readPorts()).get(2).on()).isTrue();
    accepted(target.switchOutput(3, false));
    assertThat(value(target.readPorts()).get(2).on()).isFalse();
    assertThat(refusal(target.switchOutput(4, true)).kind()).isEqualTo(Kind.INVALID_DATA);
  }

  @Test
  void inputIsReset() {
    var meter = simulator.gateway(0).meter(PLATINUM);
    meter.setInput(1, true);
    meter.setInput(1, false);
    var target = ports(PLATINUM);
    assertThat(value(target.readPorts()).get(0).storedState()).isTrue();

    accepted(target.resetInput(1, true, true));
    assertThat(value(target.readPorts()).get(0).storedState()).isFalse();
    assertThat(value(target.readPorts()).get(0).count()).isZero();
  }

  @Test
  void usesThatCannotBeReadLeaveTheStates() {
    simulator.gateway(0).inject(Fault.GARBAGE, 9, "/meters/" + PLATINUM + "/io/configuration");
    var read = ports(PLATINUM).readPorts();

    assertThat(read).isInstanceOf(ReadResult.Partial.class);
    assertThat(Results.value(read)).hasSize(4).extracting(Port::use).containsOnlyNulls();
    assertThat(Results.value(read)).noneMatch(Port::switchable);
  }

  @Test
  void meterWithoutPortsSaysSo() {
    assertThat(failure(ports(IRON).readPorts()).kind()).isEqualTo(Kind.UNSUPPORTED);

    var present = session(IRON).as(RegisterSource.class).orElseThrow().readRegisters();
    assertThat(value(present).values())
        .noneMatch(value -> value.obis().c() == 96 && value.obis().d() == 3);
  }

  @Test
  void writingThatIsDeniedIsSaid() {
    simulator.gateway(0).meter(PLATINUM).setWritesDenied(true);
    assertThat(refusal(ports(PLATINUM).switchOutput(3, true)).kind()).isEqualTo(Kind.ACCESS_DENIED);
  }

  @Test
  void attributesOfARegisterAreReadAsTheyStand() {
    var truth = simulator.gateway(0).meter(PLATINUM).value(69, time.instant());

    assertThat(value(objects(PLATINUM).readAttributes(3, VOLTAGE, List.of(2, 3))))
        .containsExactly(new Attribute(2, truth.toPlainString()), new Attribute(3, "V"));
    assertThat(value(objects(PLATINUM).readAttributes(3, VOLTAGE, List.of(3))))
        .containsExactly(new Attribute(3, "V"));
  }

  @Test
  void classOrAttributeThatIsNotReadIsUnsupported() {
    assertThat(failure(objects(PLATINUM).readAttributes(8, VOLTAGE, List.of(2))).kind())
        .isEqualTo(Kind.UNSUPPORTED);
    assertThat(failure(objects(PLATINUM).readAttributes(3, VOLTAGE, List.of(9))).kind())
        .isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void objectThatTheMeterLacksIsUnsupported() {
    var second = ObisCode.of("1-0:52.7.0*255");
    simulator.gateway(0).meter(PLATINUM);
    assertThat(value(objects(PLATINUM).readAttributes(3, second, List.of(2)))).hasSize(1);
    var lacking = ObisCode.of("1-0:1.8.2*255");
    assertThat(failure(objects(IRON).readAttributes(3, lacking, List.of(2))).kind())
        .isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void nonsenseAndDenialAreToldApart() {
    var gateway = simulator.gateway(0);
    gateway.inject(Fault.GARBAGE, 1, "/gateway/execute");
    assertThat(failure(objects(PLATINUM).readAttributes(3, VOLTAGE, List.of(2))).kind())
        .isEqualTo(Kind.PROTOCOL);
    gateway.inject(Fault.UNAUTHORIZED, 1, "/gateway/execute");
    assertThat(failure(objects(PLATINUM).readAttributes(3, VOLTAGE, List.of(2))).kind())
        .isEqualTo(Kind.ACCESS_DENIED);
    gateway.meter(PLATINUM).setConnected(false);
    assertThat(failure(objects(PLATINUM).readAttributes(3, VOLTAGE, List.of(2))).kind())
        .isEqualTo(Kind.PROTOCOL);
  }
}
