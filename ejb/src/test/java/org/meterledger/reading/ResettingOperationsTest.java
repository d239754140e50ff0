package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.simulators.g13.Fault;

/** Registers are reset when the meter counts it, a device is started anew when it comes back. */
@Timeout(240)
class ResettingOperationsTest {

  private final G13Fixture here = new G13Fixture();

  @AfterEach
  void stop() {
    here.close();
  }

  @Test
  void registersAreArchivedBeforeTheyAreReset() throws InterruptedException {
    var outcome =
        here.reset.run(here.meter(here.serial), G13Fixture.with("register", G13Fixture.RESETTABLE));

    assertThat(outcome.progress().fault()).isNull();
    var before = outcome.result().getJsonObject("before").getJsonObject(G13Fixture.RESETTABLE);
    var after = outcome.result().getJsonObject("after").getJsonObject(G13Fixture.RESETTABLE);
    assertThat(before.getJsonNumber("value").doubleValue()).isPositive();
    assertThat(before.getString("unit")).isEqualTo("Wh");
    assertThat(after.getJsonNumber("value").doubleValue()).isZero();
    assertThat(after.getInt("resets")).isEqualTo(before.getInt("resets") + 1);
    assertThat(outcome.result().getJsonObject("after")).hasSize(1);
    assertThat(here.truth().value(173, here.clock.instant())).isPositive();
    assertThat(
            here.database
                .first(
                    "select value from present_register where meter_id = ? and obis = ?",
                    row -> row.getBigDecimal(1),
                    here.meterId,
                    G13Fixture.RESETTABLE)
                .orElseThrow())
        .isEqualByComparingTo(before.getJsonNumber("value").bigDecimalValue());

    assertThat(
            here.reset
                .run(here.meter(here.serial), G13Fixture.with("register", "ALL"))
                .result()
                .getJsonObject("after"))
        .hasSize(4);
    assertThat(here.truth().value(173, here.clock.instant())).isZero();
  }

  @Test
  void registersThatCouldNotBeReadOrThatAMeterLacksAreNotReset() throws InterruptedException {
    here.simulator
        .gateway(0)
        .inject(Fault.INTERNAL_ERROR, 1, "/meters/" + here.serial + "/energy/resettable");
    assertThat(
            here.reset
                .run(here.meter(here.serial), G13Fixture.with("register", G13Fixture.RESETTABLE))
                .progress()
                .fault()
                .kind())
        .isEqualTo(Kind.PROTOCOL);
    assertThat(here.truth().value(171, here.clock.instant())).isPositive();

    assertThat(
            here.reset
                .run(here.meter(here.iron), G13Fixture.with("register", "ALL"))
                .progress()
                .fault()
                .kind())
        .isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void resetThatIsDoneInPartIsToldByTheCounts() throws InterruptedException {
    here.simulator.gateway(0).inject(Fault.PARTIAL_UPDATE, 1);

    var outcome = here.reset.run(here.meter(here.serial), G13Fixture.with("register", "ALL"));

    assertThat(outcome.progress().fault().detail()).contains("Aborted at activeexport");
    var after = outcome.result().getJsonObject("after");
    assertThat(after.getJsonObject(G13Fixture.RESETTABLE).getInt("resets")).isEqualTo(1);
    assertThat(after.getJsonObject("1-129:2.8.0*255").getInt("resets")).isZero();
  }

  @Test
  void rebootIsDoneWhenTheGatewayAnswersAgain() throws InterruptedException {
    var asked = here.clock.instant();

    var outcome = here.reboot.run(here.gateway(), JsonValue.EMPTY_JSON_OBJECT);

    assertThat(outcome.progress().fault()).isNull();
    assertThat(outcome.result().getString("acceptedAt")).isEqualTo(asked.toString());
    assertThat(Instant.parse(outcome.result().getString("answersSince")))
        .isBetween(asked.plusSeconds(30), asked.plusSeconds(40));
  }

  @Test
  void rebootOfAGatewayThatStaysSilentIsNotDone() throws InterruptedException {
    var session = here.gateway();
    var silent =
        new Reboot(
            here.clock,
            () -> {
              here.clock.advance(Duration.ofSeconds(40));
              here.simulator.gateway(0).inject(Fault.CONNECTION_RESET);
            });

    var outcome = silent.run(session, JsonValue.EMPTY_JSON_OBJECT);

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.TIMEOUT);
    assertThat(outcome.progress().fault().detail()).contains("not answered again");
    assertThat(outcome.progress().kept()).isTrue();
  }

  @Test
  void rebootThatIsRefusedOrOfWhichNothingIsSeenIsNotDone() throws InterruptedException {
    here.simulator.gateway(0).inject(Fault.ERROR_UNDER_200, 1);
    var refused = here.reboot.run(here.gateway(), JsonValue.EMPTY_JSON_OBJECT);
    assertThat(refused.progress().fault().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(refused.result()).isEmpty();

    var slow = new Reboot(here.clock, () -> here.clock.advance(Duration.ofSeconds(40)));
    var unseen = slow.run(here.gateway(), JsonValue.EMPTY_JSON_OBJECT);
    assertThat(unseen.progress().fault().detail()).contains("never stopped answering");
  }
}
