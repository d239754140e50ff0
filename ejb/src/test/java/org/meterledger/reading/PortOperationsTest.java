package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.reading.GatewayFixture.request;
import static org.meterledger.reading.GatewayFixture.result;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;
import org.meterledger.access.TestAccess;
import org.meterledger.archive.PresentRegisters;
import org.meterledger.audit.TestAudit;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.OperationState;
import org.meterledger.operation.Operations;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.g13.Fault;

/** Ports and raw objects of a meter behind a gateway, asked for by people. */
@Timeout(240)
class PortOperationsTest {

  private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");

  private final GatewayFixture gateway =
      new GatewayFixture(NOW, NOW.minus(Duration.ofHours(30)), "A44 512-100");
  private final Database database = gateway.reading.database;

  @AfterEach
  void stop() {
    gateway.close();
    database.update("delete from operation_rule where kind = 'SWITCH_OUTPUT'");
  }

  private static OperationRequest switching(int output, String state) {
    return request(SwitchOutput.NAME, SwitchOutput.OUTPUT, output, SwitchOutput.STATE, state);
  }

  private static OperationRequest resetting(int input, String what) {
    return request(ResetInput.NAME, ResetInput.INPUT, input, ResetInput.WHAT, what);
  }

  private static OperationRequest cosem(int classId, String obis, String attributes) {
    return request(
        ReadCosem.NAME,
        ReadCosem.CLASS_ID,
        classId,
        ReadCosem.OBIS,
        obis,
        ReadCosem.ATTRIBUTES,
        attributes);
  }

  /** What the archive holds of the present values, by OBIS code. */
  private Map<String, String> present() {
    var present = new TreeMap<String, String>();
    new PresentRegisters(database)
        .of(gateway.meterId())
        .forEach(
            each ->
                present.put(
                    each.obis().toString(),
                    each.quantity().value().stripTrailingZeros().toPlainString()));
    return present;
  }

  private MeterOperation done(OperationRequest request) throws InterruptedException {
    return gateway.done(request);
  }

  @Test
  void statesAreReadAndArchived() throws InterruptedException {
    gateway.meter().setInput(2, true);
    var read = done(request(ReadPorts.NAME));

    assertThat(read.state()).as(read.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(result(read).getJsonArray("registers")).hasSize(4 + 4 + 2 + 2);
    assertThat(present())
        .containsEntry("0-2:96.3.1*255", "1")
        .containsEntry("0-2:96.3.128*255", "1")
        .containsEntry("0-3:96.3.1*255", "0")
        .containsEntry("0-3:96.3.129*255", "1")
        .containsKey("1-2:82.8.0*255");
  }

  @Test
  void presentValuesOfAGroupAreThoseOfItsMeters() throws InterruptedException {
    TestDatabase.join(1, gateway.meterId());
    done(request(ReadPorts.NAME));
    var registers = new PresentRegisters(database);
    var ofGroup = new ArrayList<PresentRegisters.OfMeter>();
    registers.ofGroup(1, ofGroup::add);

    assertThat(ofGroup)
        .filteredOn(each -> each.serialNumber().equals(gateway.serial))
        .extracting(PresentRegisters.OfMeter::register)
        .containsExactlyElementsOf(registers.of(gateway.meterId()))
        .isNotEmpty();
  }

  @Test
  void positionInTheTableIsNotLostWhenOnlyPortsAreRead() throws InterruptedException {
    done(request(ReadRegisters.NAME));
    var registers = new PresentRegisters(database);
    var before =
        registers.of(gateway.meterId()).stream().map(each -> each.obis().toString()).toList();
    done(request(ReadPorts.NAME));

    assertThat(registers.of(gateway.meterId()))
        .extracting(each -> each.obis().toString())
        .containsExactlyElementsOf(before);
  }

  @Test
  void statesAreKeptWithEachReadingOfPresentValues() throws InterruptedException {
    done(request(ReadRegisters.NAME));
    gateway.reading.clock.advance(Duration.ofMinutes(15));
    gateway.meter().setInput(1, true);
    done(request(ReadRegisters.NAME));

    var channels =
        database.query(
            """
            select distinct c.obis from load_profile_channel c
              join load_profile p on p.id = c.profile_id
             where p.meter_id = ? and p.obis like '1-0:99.128.%'""",
            row -> row.getString(1), gateway.meterId());
    assertThat(channels)
        .contains("0-1:96.3.1*255", "0-1:96.3.128*255", "1-1:82.8.0*255", "0-0:97.97.2*255");
    assertThat(present()).containsEntry("0-1:96.3.1*255", "1");
  }

  @Test
  void switchedOutputIsReadBackAndArchived() throws InterruptedException {
    var on = done(switching(3, "ON"));

    assertThat(on.state()).as(on.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(result(on))
        .containsEntry("stateBefore", Json.createValue("OFF"))
        .containsEntry("stateAfter", Json.createValue("ON"))
        .containsEntry("confirmed", JsonValue.TRUE);
    assertThat(present()).containsEntry("0-3:96.3.1*255", "1");
  }

  @Test
  void answerThatBreaksOffIsReadBack() throws InterruptedException {
    gateway.gateway().inject(Fault.PARTIAL_UPDATE, 1, gateway.path("io"));
    var refused = done(switching(3, "ON"));
    assertThat(refused.state()).isEqualTo(OperationState.FAILED);
    assertThat(result(refused)).containsEntry("confirmed", JsonValue.FALSE);
    assertThat(refused.attempts()).as("never sent again by itself").isEqualTo(1);

    assertThat(done(switching(3, "ON")).state()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(present()).containsEntry("0-3:96.3.1*255", "1");
  }

  @Test
  void outputForSomethingElseIsNotSwitched() throws InterruptedException {
    var refused = done(switching(4, "ON"));

    assertThat(refused.state()).isEqualTo(OperationState.FAILED);
    assertThat(refused.fault()).isEqualTo("UNSUPPORTED");
    assertThat(refused.detail()).contains("Port 4", "ALARM");
  }

  @Test
  void meterThatDeniesOrIsSilentIsToldAsSuch() throws InterruptedException {
    gateway.meter().setWritesDenied(true);
    assertThat(done(switching(3, "ON")).fault()).isEqualTo("ACCESS_DENIED");
    assertThat(done(resetting(1, "COUNT")).fault()).isEqualTo("ACCESS_DENIED");
    gateway.meter().setConnected(false);
    assertThat(done(switching(3, "ON")).state()).isEqualTo(OperationState.FAILED);
  }

  @Test
  void secondPersonIsWaitedFor() throws InterruptedException {
    database.update(
        """
        insert into operation_rule (kind, approval, set_by, set_at)
        values ('SWITCH_OUTPUT', true, 'test', ?)""",
        gateway.reading.clock.instant());
    var asked = done(switching(3, "ON"));

    assertThat(asked.state()).isEqualTo(OperationState.AWAITING_APPROVAL);
    assertThat(gateway.gateway().traffic().requests()).isZero();
  }

  @Test
  void whatAnInputStoredIsToldBeforeItIsForgotten() throws InterruptedException {
    gateway.meter().setInput(1, true);
    gateway.meter().setInput(1, false);
    var count = gateway.meter().value(51, gateway.reading.clock.instant());
    var reset = done(resetting(1, "BOTH"));

    assertThat(reset.state()).as(reset.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(result(reset).getJsonNumber("countBefore").bigDecimalValue())
        .isEqualByComparingTo(count);
    assertThat(result(reset))
        .containsEntry("countAfter", Json.createValue(0))
        .containsEntry("storedStateBefore", Json.createValue("ON"))
        .containsEntry("storedStateAfter", Json.createValue("OFF"))
        .containsEntry("confirmed", JsonValue.TRUE);
    assertThat(present()).containsEntry("1-1:82.8.0*255", "0");
  }

  @Test
  void outputHasNothingToForget() throws InterruptedException {
    var refused = done(resetting(3, "COUNT"));
    assertThat(refused.fault()).isEqualTo("UNSUPPORTED");
  }

  @ParameterizedTest
  @CsvSource({
    "SWITCH_OUTPUT, output, 5", "SWITCH_OUTPUT, output, 0",
    "RESET_INPUT, input, 5", "RESET_INPUT, input, -1"
  })
  void portThatNoMeterHasIsRefused(String kind, String name, int number) {
    var request =
        kind.equals(SwitchOutput.NAME) ? switching(number, "ON") : resetting(number, "BOTH");
    assertThatThrownBy(() -> gateway.ask(request))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            broken -> {
              assertThat(broken.field()).isEqualTo("parameters." + name);
              assertThat(broken.rule()).isEqualTo("range");
            });
  }

  @Test
  void stateThatIsNoneIsRefused() {
    assertThatThrownBy(() -> gateway.ask(switching(3, "on"))).isInstanceOf(InvalidOperation.class);
    assertThatThrownBy(() -> gateway.ask(resetting(1, "ALL"))).isInstanceOf(InvalidOperation.class);
  }

  @Test
  void rawAttributesAreToldAsTheyStand() throws InterruptedException {
    var truth = gateway.meter().value(69, gateway.reading.clock.instant()).toPlainString();
    var read = done(cosem(3, "1-0:32.7.0*255", "2, 3"));

    assertThat(read.state()).as(read.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(result(read).getJsonArray("attributes").toString())
        .isEqualTo(
            "[{\"attribute\":2,\"value\":\"%s\"},{\"attribute\":3,\"value\":\"V\"}]"
                .formatted(truth));
  }

  @Test
  void rawReadsThatFailAreToldByKind() throws InterruptedException {
    assertThat(done(cosem(8, "0-0:1.0.0*255", "2")).fault()).isEqualTo("PROTOCOL");
    assertThat(done(cosem(8, "1-0:32.7.0*255", "2")).fault()).isEqualTo("UNSUPPORTED");
    gateway.gateway().inject(Fault.UNAUTHORIZED, 1, "/gateway/execute");
    assertThat(done(cosem(3, "1-0:32.7.0*255", "2")).fault()).isEqualTo("ACCESS_DENIED");
  }

  @ParameterizedTest
  @CsvSource({
    "1-0:32.7, 2, obis",
    "1.0.32.7.0.255, 2, obis",
    "1-0:300.7.0*255, 2, obis",
    "1-0:32.7.0*255, value, attributes",
    "1-0:32.7.0*255, 0, attributes",
    "1-0:32.7.0*255, '2,2', attributes",
    "1-0:32.7.0*255, '2;3', attributes",
    "1-0:32.7.0*255, '1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17', attributes",
    "1-0:32.7.0*255, 128, attributes"
  })
  void rawReadOfNothingIsRefused(String obis, String attributes, String field) {
    assertThatThrownBy(() -> gateway.ask(cosem(3, obis, attributes)))
        .isInstanceOfSatisfying(
            InvalidOperation.class,
            broken -> assertThat(broken.field()).isEqualTo("parameters." + field));
  }

  @Test
  void rawReadTakesMoreThanOperating() {
    TestDatabase.join(1, gateway.meterId());
    var operator =
        TestAccess.of(
            database,
            new Privileges.Given(
                EnumSet.of(Permission.VIEW_METERS, Permission.OPERATE), 1, AccessLevel.CONFIGURE));
    var reading = gateway.reading;
    var audit = TestAudit.of(database, reading.clock);
    var operations = new Operations(database, reading.kinds, operator, audit, reading.clock);
    var meters = List.of(gateway.serial);

    operations.submitToMeters(meters, request(ReadPorts.NAME), "test", null);
    assertThatThrownBy(
            () -> operations.submitToMeters(meters, cosem(3, "1-0:1.8.0", "2"), "test", null))
        .isInstanceOf(AccessDenied.class)
        .hasMessageContaining("MANAGE_METERS");
  }
}
