package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.reading.GatewayFixture.result;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.ClearTarget;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationState;
import org.meterledger.simulators.g13.Fault;

/** What is erased has been archived before, and is done when the device holds it no more. */
@Timeout(240)
class ErasingOperationsTest {

  private static final Instant START = Instant.parse("2026-03-20T10:07:00Z");

  private final GatewayFixture here =
      new GatewayFixture(START.plus(Duration.ofHours(30)), START, "A44 512-100", "B21 012-100");
  private final String iron = here.gateway().settings().meters().get(1).serial();
  private final String gateway = here.gateway().settings().serial();

  @AfterEach
  void stop() {
    here.close();
  }

  private MeterOperation clear(String device, String what) throws InterruptedException {
    return here.done(device, GatewayFixture.request(ClearStored.NAME, "what", what));
  }

  private int archivedRows() {
    return here.reading.count(
        """
        select count(*) from load_profile_entry e join load_profile p on p.id = e.profile_id
         where p.meter_id = ? and p.obis = '1-0:99.1.0*255'""",
        here.meterId());
  }

  private void nothingIsMissed() {
    assertThat(
            here.reading.count(
                """
                select count(*) from logbook_entry
                 where meter_id = ? and logbook = '0-0:99.98.128*255' and code = 2""",
                here.meterId()))
        .isZero();
    assertThat(
            here.reading.count(
                """
                select count(*) from load_profile_gap g join load_profile p on p.id = g.profile_id
                 where p.meter_id = ?""",
                here.meterId()))
        .isZero();
  }

  @Test
  void modelsOfferWhatTheyCanDo() {
    var kinds = here.reading.kinds;
    assertThat(kinds.offers("abb-g13"))
        .extracting(OperationKinds.Offer::kind)
        .contains(ClearStored.NAME, ResetRegisters.NAME)
        .doesNotContain(Reboot.NAME);
    assertThat(choices("abb-g13", ClearStored.NAME))
        .containsExactly("LOAD_PROFILES", "PREVIOUS_VALUES", "DEMAND");
    assertThat(choices("abb-g13", ResetRegisters.NAME))
        .hasSize(5)
        .contains("1-129:1.8.0*255", "ALL");
    assertThat(kinds.offers("abb-g13-gateway"))
        .extracting(OperationKinds.Offer::kind)
        .contains(ClearStored.NAME, Reboot.NAME)
        .doesNotContain(ResetRegisters.NAME);
    assertThat(kinds.repeatable())
        .doesNotContain(ClearStored.NAME, ResetRegisters.NAME, Reboot.NAME);
  }

  private Iterable<String> choices(String model, String kind) {
    return here.reading.kinds.offers(model).stream()
        .filter(offer -> offer.kind().equals(kind))
        .findFirst()
        .orElseThrow()
        .parameters()
        .get(0)
        .choices();
  }

  @Test
  void loadProfilesAreArchivedBeforeTheyAreErased() throws InterruptedException {
    var held = here.meter().loadProfile(1).size();

    var cleared = clear(here.serial, "LOAD_PROFILES");

    assertThat(cleared.state()).as(cleared.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(result(cleared).getInt("archived")).isGreaterThanOrEqualTo(held);
    assertThat(result(cleared)).doesNotContainKey("oldestLeft");
    assertThat(here.meter().loadProfile(1)).isEmpty();
    assertThat(archivedRows()).isEqualTo(held).isPositive();

    here.reading.clock.advance(Duration.ofHours(1));
    assertThat(clear(here.serial, "LOAD_PROFILES").fault()).isNull();
    assertThat(archivedRows()).isEqualTo(held + 4);
  }

  /** What is gone since we erased it was not overwritten unread. */
  @Test
  void rowsThatWereErasedAreNotMissed() throws InterruptedException {
    clear(here.serial, "LOAD_PROFILES");
    var archived = archivedRows();
    new ReadingTasks(here.reading.database, here.reading.clock).followMeter(here.meterId());

    here.reading.readAfter(Duration.ofHours(2));
    assertThat(archivedRows()).isEqualTo(archived + 8);
    nothingIsMissed();

    here.reading.readAfter(Duration.ofHours(1));
    assertThat(archivedRows()).isEqualTo(archived + 12);
    nothingIsMissed();
  }

  @Test
  void whatCouldNotBeArchivedIsNotErased() throws InterruptedException {
    var held = here.meter().loadProfile(1).size();
    here.gateway().inject(Fault.GARBAGE, 1, here.path("loadprofiles/5"));

    var kept = clear(here.serial, "LOAD_PROFILES");

    assertThat(kept.fault()).isEqualTo("PROTOCOL");
    assertThat(here.meter().loadProfile(1)).hasSize(held);
  }

  @Test
  void meterWithoutLoadProfilesSaysSo() throws InterruptedException {
    assertThat(clear(iron, "LOAD_PROFILES").fault()).isEqualTo("UNSUPPORTED");
  }

  @Test
  void meterThatRefusesKeepsAndItIsTold() throws InterruptedException {
    here.meter().setWritesDenied(true);

    var refused = clear(here.serial, "LOAD_PROFILES");

    assertThat(refused.fault()).isEqualTo("ACCESS_DENIED");
    assertThat(result(refused).getInt("archived")).isPositive();
    assertThat(here.meter().loadProfile(1)).isNotEmpty();
  }

  /** The gateway does it or not, and its answer does not come. */
  @ParameterizedTest
  @CsvSource({"BODY_CUT, true", "CONNECTION_RESET, false"})
  void lostAnswerIsDecidedByWhatIsLeft(Fault fault, boolean done) throws InterruptedException {
    here.gateway().setConnected(iron, false);
    here.reading.clock.advance(Duration.ofMinutes(1));
    here.spoil(ClearTarget.class, () -> here.gateway().inject(fault, 1));

    var cleared = clear(gateway, "LOGBOOK");

    assertThat(cleared.fault()).isEqualTo(done ? null : "NOT_TAKEN");
    assertThat(result(cleared).containsKey("oldestLeft")).isNotEqualTo(done);
    assertThat(here.gateway().events()).hasSize(done ? 1 : 2);
  }

  @Test
  void whatCannotBeReadBackIsUnconfirmed() throws InterruptedException {
    var readings = here.path("loadprofiles/1/");
    here.spoil(ClearTarget.class, () -> here.gateway().inject(Fault.METER_OFFLINE, 100, readings));

    var cleared = clear(here.serial, "LOAD_PROFILES");

    assertThat(cleared.fault()).isEqualTo("UNCONFIRMED");
    assertThat(result(cleared).getInt("archived")).isPositive();
    assertThat(here.meter().loadProfile(1)).isEmpty();
  }

  @Test
  void logOfAGatewayIsArchivedBeforeItIsErased() throws InterruptedException {
    here.gateway().setConnected(iron, false);
    here.reading.clock.advance(Duration.ofMinutes(1));

    var cleared = clear(gateway, "LOGBOOK");

    assertThat(cleared.state()).as(cleared.detail()).isEqualTo(OperationState.SUCCEEDED);
    assertThat(result(cleared).getInt("archived")).isEqualTo(2);
    assertThat(here.gateway().events()).hasSize(1);
    assertThat(
            here.reading.count(
                "select count(*) from logbook_entry where meter_id = ?", here.meterId(gateway)))
        .isEqualTo(2);
  }
}
