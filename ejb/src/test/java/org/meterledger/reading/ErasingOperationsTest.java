package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationKinds;
import org.meterledger.simulators.g13.Fault;
import org.meterledger.simulators.g13.G13Gateway;

/** What is erased has been archived before, and is done when the device holds it no more. */
@Timeout(240)
class ErasingOperationsTest {

  private final G13Fixture here = new G13Fixture();

  @AfterEach
  void stop() {
    here.close();
  }

  private OperationKind.Outcome clear(OpenMeter meter, String what) throws InterruptedException {
    return here.clear.run(meter, G13Fixture.with("what", what));
  }

  private int archivedRows() {
    return here.database
        .first(
            """
            select count(*) from load_profile_entry e join load_profile p on p.id = e.profile_id
             where p.meter_id = ? and p.obis = '1-0:99.1.0*255'""",
            row -> row.getInt(1),
            here.meterId)
        .orElseThrow();
  }

  @Test
  void modelsOfferWhatTheyCanDo() {
    assertThat(here.kinds.offers("abb-g13"))
        .extracting(OperationKinds.Offer::kind)
        .containsExactly(ClearStored.NAME, ResetRegisters.NAME);
    assertThat(here.kinds.offers("abb-g13").get(0).parameters().get(0).choices())
        .containsExactly("LOAD_PROFILES", "PREVIOUS_VALUES", "DEMAND");
    assertThat(here.kinds.offers("abb-g13").get(1).parameters().get(0).choices())
        .hasSize(5)
        .contains(G13Fixture.RESETTABLE, "ALL");
    assertThat(here.kinds.offers("abb-g13-gateway"))
        .extracting(OperationKinds.Offer::kind)
        .containsExactly(ClearStored.NAME, Reboot.NAME);
    assertThat(here.kinds.repeatable()).isEmpty();
  }

  @Test
  void loadProfilesAreArchivedBeforeTheyAreErased() throws InterruptedException {
    var held = here.truth().loadProfile(1).size();

    var outcome = clear(here.meter(here.serial), "LOAD_PROFILES");

    assertThat(outcome.progress().fault()).isNull();
    assertThat(outcome.result().getInt("archived")).isGreaterThanOrEqualTo(held);
    assertThat(outcome.result()).doesNotContainKey("oldestLeft");
    assertThat(here.truth().loadProfile(1)).isEmpty();
    assertThat(archivedRows()).isEqualTo(held).isPositive();

    here.clock.advance(Duration.ofHours(1));
    assertThat(clear(here.meter(here.serial), "LOAD_PROFILES").progress().fault()).isNull();
    assertThat(archivedRows()).isEqualTo(held + 4);
  }

  @Test
  void whatCouldNotBeArchivedIsNotErased() throws InterruptedException {
    var held = here.truth().loadProfile(1).size();
    here.simulator
        .gateway(0)
        .inject(Fault.INTERNAL_ERROR, 1, "/meters/" + here.serial + "/loadprofiles/5");

    var outcome = clear(here.meter(here.serial), "LOAD_PROFILES");

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.PROTOCOL);
    assertThat(here.truth().loadProfile(1)).hasSize(held);
  }

  @Test
  void whatNothingReadsYetIsNotErased() throws InterruptedException {
    var held = here.truth().previousValues().size();

    var outcome = clear(here.meter(here.serial), "PREVIOUS_VALUES");

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(here.truth().previousValues()).hasSize(held).isNotEmpty();
  }

  @Test
  void meterWithoutLoadProfilesSaysSo() throws InterruptedException {
    var outcome = clear(here.meter(here.iron), "LOAD_PROFILES");

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void meterThatRefusesKeepsAndItIsTold() throws InterruptedException {
    here.truth().setWritesDenied(true);

    var outcome = clear(here.meter(here.serial), "LOAD_PROFILES");

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.ACCESS_DENIED);
    assertThat(outcome.progress().kept()).isTrue();
    assertThat(here.truth().loadProfile(1)).isNotEmpty();
  }

  /** The gateway does it or not, and its answer does not come. */
  @ParameterizedTest
  @CsvSource({"BODY_CUT, true", "CONNECTION_RESET, false"})
  void lostAnswerIsDecidedByWhatIsLeft(Fault fault, boolean done) throws InterruptedException {
    here.simulator.gateway(0).setConnected(here.iron, false);
    here.clock.advance(Duration.ofMinutes(1));
    var gateway = here.gateway();
    var session = new ForgetfulSession(gateway.session(), here.simulator.gateway(0), fault);

    var outcome = clear(here.open("abb-g13-gateway", "GW" + here.serial, session), "LOGBOOK");

    assertThat(outcome.progress().fault() == null).isEqualTo(done);
    assertThat(outcome.result().containsKey("oldestLeft")).isNotEqualTo(done);
    assertThat(here.simulator.gateway(0).events()).hasSize(done ? 1 : 2);
  }

  /** Erasing goes wrong, all else does not. */
  private record ForgetfulSession(MeterSession session, G13Gateway gateway, Fault fault)
      implements MeterSession {

    @Override
    public ReadResult<Identification> identify() {
      return session.identify();
    }

    @Override
    public <C extends Capability> Optional<C> as(Class<C> capability) {
      if (capability == ClearTarget.class) {
        gateway.inject(fault, 1);
      }
      return session.as(capability);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  @Test
  void logOfAGatewayIsArchivedBeforeItIsErased() throws InterruptedException {
    here.simulator.gateway(0).setConnected(here.iron, false);
    here.clock.advance(Duration.ofMinutes(1));

    var outcome = clear(here.gateway(), "LOGBOOK");

    assertThat(outcome.progress().fault()).isNull();
    assertThat(outcome.result().getInt("archived")).isEqualTo(2);
    assertThat(here.simulator.gateway(0).events()).hasSize(1);
    assertThat(
            here.database
                .first(
                    "select count(*) from logbook_entry where meter_id = ?",
                    row -> row.getInt(1),
                    here.meterId)
                .orElseThrow())
        .isEqualTo(2);
  }
}
