package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.reading.GatewayFixture.result;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationState;
import org.meterledger.simulators.g13.Fault;

/** Registers are reset when the meter counts it, a device is started anew when it comes back. */
@Timeout(240)
class ResettingOperationsTest {

  private static final Instant START = Instant.parse("2026-03-20T10:07:00Z");
  private static final String RESETTABLE = "1-129:1.8.0*255";

  private final GatewayFixture here =
      new GatewayFixture(START.plus(Duration.ofHours(30)), START, "A44 512-100", "B21 012-100");
  private final String iron = here.gateway().settings().meters().get(1).serial();
  private final String gateway = here.gateway().settings().serial();

  @AfterEach
  void stop() {
    here.close();
  }

  private MeterOperation reset(String serial, String register) throws InterruptedException {
    return here.done(serial, GatewayFixture.request(ResetRegisters.NAME, "register", register));
  }

  private MeterOperation reboot() throws InterruptedException {
    return here.done(gateway, GatewayFixture.request(Reboot.NAME));
  }

  private Instant now() {
    return here.reading.clock.instant();
  }

  @Test
  void registersAreArchivedBeforeTheyAreReset() throws InterruptedException {
    var operation = reset(here.serial, RESETTABLE);

    assertThat(operation.state()).as(operation.detail()).isEqualTo(OperationState.SUCCEEDED);
    var before = result(operation).getJsonObject("before").getJsonObject(RESETTABLE);
    var after = result(operation).getJsonObject("after").getJsonObject(RESETTABLE);
    assertThat(before.getJsonNumber("value").doubleValue()).isPositive();
    assertThat(before.getString("unit")).isEqualTo("Wh");
    assertThat(after.getJsonNumber("value").doubleValue()).isZero();
    assertThat(after.getInt("resets")).isEqualTo(before.getInt("resets") + 1);
    assertThat(result(operation).getJsonObject("after")).hasSize(1);
    assertThat(here.meter().value(173, now())).isPositive();
    assertThat(
            here.reading
                .database
                .first(
                    "select value from present_register where meter_id = ? and obis = ?",
                    row -> row.getBigDecimal(1),
                    here.meterId(),
                    RESETTABLE)
                .orElseThrow())
        .isEqualByComparingTo(before.getJsonNumber("value").bigDecimalValue());

    assertThat(result(reset(here.serial, "ALL")).getJsonObject("after")).hasSize(4);
    assertThat(here.meter().value(173, now())).isZero();
  }

  @Test
  void registersThatCouldNotBeReadOrThatAMeterLacksAreNotReset() throws InterruptedException {
    here.gateway().inject(Fault.GARBAGE, 1, here.path("energy/resettable"));
    assertThat(reset(here.serial, RESETTABLE).fault()).isEqualTo("PROTOCOL");
    assertThat(here.meter().value(171, now())).isPositive();

    assertThat(reset(iron, "ALL").fault()).isEqualTo("UNSUPPORTED");
  }

  @Test
  void resetThatIsDoneInPartIsToldByTheCounts() throws InterruptedException {
    here.gateway().inject(Fault.PARTIAL_UPDATE, 1);

    var operation = reset(here.serial, "ALL");

    assertThat(operation.fault()).isEqualTo("PARTLY_TAKEN");
    assertThat(operation.detail())
        .contains("Aborted at activeexport", "no reset of [1-129:2.8.0*255")
        .doesNotContain(RESETTABLE);
    var after = result(operation).getJsonObject("after");
    assertThat(after.getJsonObject(RESETTABLE).getInt("resets")).isEqualTo(1);
    assertThat(after.getJsonObject("1-129:2.8.0*255").getInt("resets")).isZero();
  }

  @Test
  void resetThatIsRefusedIsToldByItsFault() throws InterruptedException {
    here.meter().setWritesDenied(true);

    var operation = reset(here.serial, RESETTABLE);

    assertThat(operation.fault()).isEqualTo("ACCESS_DENIED");
    assertThat(result(operation).getJsonObject("after"))
        .isEqualTo(result(operation).getJsonObject("before"));
  }

  @Test
  void rebootIsDoneWhenTheGatewayAnswersAgain() throws InterruptedException {
    var asked = now();

    var operation = reboot();

    assertThat(operation.state()).as(operation.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(result(operation).getString("acceptedAt")).isEqualTo(asked.toString());
    assertThat(Instant.parse(result(operation).getString("answersSince")))
        .isBetween(asked.plusSeconds(30), asked.plusSeconds(40));
  }

  @Test
  void rebootOfAGatewayThatStaysSilentIsUnconfirmed() throws InterruptedException {
    here.reading.pause =
        () -> {
          here.reading.clock.advance(Duration.ofSeconds(40));
          here.gateway().inject(Fault.CONNECTION_RESET);
        };

    var operation = reboot();

    assertThat(operation.fault()).isEqualTo("UNCONFIRMED");
    assertThat(operation.detail()).contains("said yes", "reading back failed");
    assertThat(result(operation)).containsOnlyKeys("acceptedAt");
  }

  @Test
  void rebootThatIsRefusedOrOfWhichNothingIsSeenIsNotDone() throws InterruptedException {
    here.gateway().inject(Fault.ERROR_UNDER_200, 1, "/gateway/reboot");
    var refused = reboot();
    assertThat(refused.fault()).isEqualTo("PROTOCOL");
    assertThat(result(refused)).isEmpty();

    here.reading.pause = () -> here.reading.clock.advance(Duration.ofSeconds(40));
    var unseen = reboot();
    assertThat(unseen.fault()).isEqualTo("NOT_TAKEN");
    assertThat(unseen.detail()).contains("never stopped answering");
  }

  @Test
  void rebootWhoseAnswerIsLostIsDoneWhenItIsSeen() throws InterruptedException {
    here.gateway().inject(Fault.BODY_CUT, 1, "/gateway/reboot");

    var operation = reboot();

    assertThat(operation.state()).as(operation.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(result(operation)).containsOnlyKeys("answersSince");
  }
}
