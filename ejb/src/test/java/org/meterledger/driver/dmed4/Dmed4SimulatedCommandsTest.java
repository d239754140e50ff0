package org.meterledger.driver.dmed4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargeCycleTarget.State;
import org.meterledger.driver.ChargeCycleTarget.Step;
import org.meterledger.driver.ClockTarget;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.CommissioningTarget;
import org.meterledger.driver.DisplayTarget;
import org.meterledger.driver.DisplayTarget.Line;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.simulators.dmed4.Dmed4Display;
import org.meterledger.simulators.dmed4.Fault;
import org.meterledger.simulators.dmed4.Transport;

/** What changes a meter. */
@Timeout(60)
class Dmed4SimulatedCommandsTest extends SimulatedDmed4 {

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void chargeCycleGivesTheRecordOfEachStep(Transport transport) {
    var cycle = able(session(transport), ChargeCycleTarget.class);
    assertThat(value(cycle.readCycle()).state()).isEqualTo(State.NOT_INITIALISED);

    accepted(cycle.prepare(INPUT));
    assertThat(value(cycle.readCycle()).state()).isEqualTo(State.IDLE);
    for (Step step : List.of(Step.BEGIN, Step.INTERMEDIATE, Step.END_WITH_BEGIN)) {
      simulated.setSigningPolls(3);
      time.advance(Duration.ofMinutes(5));
      var done = cycle.sign(step);
      accepted(done.result());
      var records = simulated.records();
      assertThat(done.record().text()).isEqualTo(records.get(records.size() - 1).text());
    }
    assertThat(value(cycle.readCycle()).state()).isEqualTo(State.NOT_INITIALISED);
    assertThat(simulated.records()).hasSize(3);
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void inTheWrongStateNothingIsSent(Transport transport) {
    var cycle = able(session(transport), ChargeCycleTarget.class);
    for (Step step : List.of(Step.BEGIN, Step.INTERMEDIATE, Step.END, Step.END_WITH_BEGIN)) {
      var refusal = refused(cycle.sign(step).result());
      assertThat(refusal.kind()).isEqualTo(Kind.NOT_TAKEN);
      assertThat(refusal.detail()).contains("NOT_INITIALISED").contains("nothing was sent");
    }
    accepted(cycle.prepare(INPUT));
    assertThat(refused(cycle.prepare(INPUT)).detail()).contains("nothing was sent");
    assertThat(simulated.records()).isEmpty();
    assertThat(simulated.traffic().requestedPaths())
        .noneMatch(path -> path.contains("command=") || path.equals("/modbus/06/4280"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "[]", "{\"FV\":\"1.0|\"}", "{\"FV\":1,\"FV\":2}"})
  void chargingDataThatIsNoneIsNotSent(String input) {
    var cycle = able(session(Transport.MODBUS_TCP), ChargeCycleTarget.class);

    assertThat(refused(cycle.prepare(input)).kind()).isEqualTo(Kind.INVALID_DATA);
    assertThat(refused(cycle.prepare("{\"FV\":\"" + "x".repeat(1024) + "\"}")).detail())
        .contains("1024");
    assertThat(simulated.traffic().requests()).isZero();
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void whatTheMeterObjectsToIsToldInWords(Transport transport) {
    var cycle = able(session(transport), ChargeCycleTarget.class);

    assertThat(refused(cycle.prepare("{\"GS\":\"without version\"}")).detail())
        .contains("wrong value");
    assertThat(value(cycle.readCycle()).errors()).isNotEmpty();
    accepted(cycle.resetErrors());
    assertThat(value(cycle.readCycle()).errors()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"REST", "MODBUS_TCP"})
  void lostAnswerToACommandIsFoundOutByItsRecord(Transport transport) {
    var cycle = able(session(transport), ChargeCycleTarget.class);
    accepted(cycle.prepare(INPUT));
    simulated
        .faults()
        .add(
            Fault.CONNECTION_DROPPED,
            1,
            transport == Transport.REST ? "/v1/charge_settings" : "/modbus/06/4280");

    var done = cycle.sign(Step.BEGIN);

    accepted(done.result());
    assertThat(simulated.records())
        .singleElement()
        .satisfies(record -> assertThat(record.text()).isEqualTo(done.record().text()));
  }

  private static JsonObject with(JsonObject values, String field, String value) {
    return Json.createObjectBuilder(values).add(field, value).build();
  }

  private static JsonObject read(SettingsTarget target, String part) {
    return value(target.readPart(part)).values();
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void parametersAreSavedByAMeterThatStartsAnew(Transport transport) {
    // behind a serial server nothing tells that it starts anew but that no answer comes
    var session = hasty(transport, Duration.ofSeconds(1));
    var target = able(session, SettingsTarget.class);
    var before = read(target, "parameters");
    assertThat(before).hasSize(27);

    accepted(
        target.writePart(
            "parameters", before, with(with(before, "P02_01", "on"), "P05_03", "10.1.2.3")));

    assertThat(simulated.boots()).isEqualTo(1);
    assertThat(simulated.parameters())
        .containsEntry("P02_01", 1L)
        .containsEntry("P05_03", 0x0A01_0203L)
        .containsEntry("P06_02", 1440L);
    assertThat(read(target, "parameters").getString("P05_03")).isEqualTo("10.1.2.3");
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"REST", "MODBUS_TCP"})
  void incompleteParametersAreRefusedAndNotSent(Transport transport) {
    var target = able(session(transport), SettingsTarget.class);
    var before = read(target, "parameters");
    var incomplete = Json.createObjectBuilder(before).remove("P04_01").build();

    assertThat(refused(target.writePart("parameters", before, incomplete)).detail())
        .contains("P04_01");
    assertThat(
            refused(target.writePart("parameters", before, with(before, "P04_02", "300"))).detail())
        .contains("P04_02");
    assertThat(
            refused(target.writePart("parameters", before, with(before, "P05_03", "1.2.3")))
                .detail())
        .contains("P05_03");
    assertThat(simulated.boots()).isZero();
  }

  @Test
  void whileChargingNothingIsSet() {
    var session = session(Transport.REST);
    var target = able(session, SettingsTarget.class);
    var parameters = read(target, "parameters");
    var cycle = able(session, ChargeCycleTarget.class);
    accepted(cycle.prepare(INPUT));
    accepted(cycle.sign(Step.BEGIN).result());

    for (CommandResult result :
        List.of(
            target.writePart("parameters", parameters, with(parameters, "P02_01", "on")),
            able(session, ClockTarget.class).shiftClock(Duration.ofSeconds(5)),
            able(session, CommissioningTarget.class).endCommissioning())) {
      assertThat(refused(result).detail()).contains("is charging; nothing was sent");
    }
  }

  @Test
  void cableResistanceAndTariffAreSetOverRest() {
    var target = able(session(Transport.REST), SettingsTarget.class);
    var before = read(target, "charging");
    var after =
        Json.createObjectBuilder(before)
            .add("cableResistance", 12)
            .add("tariffNumber", 3)
            .add("timeOffset", 60)
            .build();

    accepted(target.writePart("charging", before, after));

    assertThat(simulated.cableResistance()).isEqualTo(12);
    assertThat(simulated.tariff()).isEqualTo(3);
    assertThat(simulated.offsetMinutes()).isEqualTo(60);
    assertThat(read(target, "charging")).isEqualTo(after);
  }

  @Test
  void overModbusTheOffsetIsSetAndNothingElse() {
    var target = able(session(Transport.MODBUS_RTU), SettingsTarget.class);
    var before = read(target, "charging");

    accepted(
        target.writePart(
            "charging", before, Json.createObjectBuilder().add("timeOffset", -60).build()));
    assertThat(simulated.offsetMinutes()).isEqualTo(-60);
    assertThat(
            refused(
                    target.writePart(
                        "charging",
                        before,
                        Json.createObjectBuilder().add("tariffNumber", 1).build()))
                .kind())
        .isEqualTo(Kind.UNSUPPORTED);
    assertThat(
            refused(
                    target.writePart(
                        "charging",
                        before,
                        Json.createObjectBuilder().add("timeOffset", 7).build()))
                .detail())
        .contains("15 minutes");
  }

  @Test
  void passwordThatIsRefusedIsNeverSentAgain() {
    for (int i = 0; i < 5; i++) {
      var target = able(session(Transport.REST, "1111"), SettingsTarget.class);
      assertThat(fault(target.readPart("parameters")).kind()).isEqualTo(Kind.ACCESS_DENIED);
    }
    assertThat(logins()).isEqualTo(1);
    assertThat(simulated.isLoginLocked()).isFalse();

    assertThat(fault(parameters(session(Transport.REST, "2222"))).detail()).contains("refuses");
    assertThat(fault(parameters(session(Transport.REST))).detail())
        .as("a third one, even the right one, waits")
        .contains("would lock it");
    assertThat(logins()).isEqualTo(2);
    time.advance(Duration.ofMinutes(16));
    value(parameters(session(Transport.REST)));
    assertThat(logins()).isEqualTo(3);
    assertThat(simulated.isLoginLocked()).isFalse();
  }

  private static org.meterledger.driver.ReadResult<?> parameters(MeterSession session) {
    return able(session, SettingsTarget.class).readPart("parameters");
  }

  private long logins() {
    return simulated.traffic().requestedPaths().stream()
        .filter(path -> path.contains("/login"))
        .count();
  }

  @Test
  void withoutPasswordNoneIsSent() {
    assertThat(fault(parameters(session(Transport.REST, null))).kind())
        .isEqualTo(Kind.ACCESS_DENIED);
    assertThat(logins()).isZero();
  }

  @Test
  void commissioningIsEndedOnce() {
    var session = session(Transport.REST);
    var target = able(session, CommissioningTarget.class);
    assertThat(value(target.readCommissioned())).isFalse();

    accepted(target.endCommissioning());

    assertThat(value(target.readCommissioned())).isTrue();
    assertThat(simulated.operativeStatus()).isEqualTo("operating");
    var overModbus = able(session(Transport.MODBUS_TCP), CommissioningTarget.class);
    assertThat(refused(overModbus.endCommissioning()).kind()).isEqualTo(Kind.UNSUPPORTED);
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void displayShowsWhatItIsTold(Transport transport) {
    var display = able(session(transport), DisplayTarget.class);

    accepted(display.showPage(true, 13));
    assertThat(simulated.displayPage()).isEqualTo(13);
    accepted(display.showPage(false, null));
    assertThat(simulated.displayPage()).isZero();
    assertThatThrownBy(() -> display.showPage(null, 14))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 13");
  }

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"REST", "MODBUS_TCP"})
  void remoteDisplayShowsPagesAndLines(Transport transport) {
    var remote = new Dmed4Display(1, List.of(simulated), time);
    serve(List.of(remote));
    try (var session = open(endpoint(transport, 1, "/1", null))) {
      var display = able(session, DisplayTarget.class);
      var lines =
          List.of(new Line("STATION", "EVC1"), new Line("ID", "TRID1"), new Line("PRICE", "0.21"));

      accepted(display.showViewerPage(5));
      accepted(display.showLines(2, lines));

      assertThat(remote.page()).isEqualTo(5);
      assertThat(remote.title(2, 1)).isEqualTo("STATION");
      assertThat(remote.text(2, 3)).isEqualTo("0.21");
    }
  }

  @Test
  void meterBehindADisplayIsReachedByItsChannel() {
    serve(List.of(new Dmed4Display(1, List.of(simulated), time)));
    try (var session = open(endpoint(Transport.REST, 1, "/1", null));
        var nobody = open(endpoint(Transport.REST, 1, "/2", null))) {
      assertThat(value(session.identify()).serialNumber()).isEqualTo(SERIAL);
      assertThat(fault(nobody.identify()).kind()).isEqualTo(Kind.UNSUPPORTED);
    }
    assertThatThrownBy(() -> open(endpoint(Transport.REST, 1, "/5", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("channels 1 to 4");
  }

  @Test
  void oneConnectionOfTwoIsHeldAndGivenBack() {
    var session = session(Transport.MODBUS_TCP);
    charge(session);
    value(session.identify());

    assertThat(simulated.connections(Transport.MODBUS_TCP)).isEqualTo(1);
    assertThat(simulated.refusedConnections()).isZero();
  }
}
