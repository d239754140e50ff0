package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.RebootTarget;
import org.meterledger.driver.RegisterResetTarget;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.metering.ObisCode;

/** What is erased, reset or started anew is so on the device, and nothing else is. */
@Timeout(120)
class G13SimulatedCommandsTest {

  private static final String PLATINUM = SimulatedGateway.PLATINUM;
  private static final String IRON = SimulatedGateway.IRON;

  private final SimulatedGateway here = new SimulatedGateway();

  @AfterEach
  void stop() {
    here.close();
  }

  @Test
  void storedEntriesAreErasedEachByItself() {
    here.time.advance(Duration.ofDays(2));
    var target = here.meter(PLATINUM).as(ClearTarget.class).orElseThrow();
    assertThat(target.clearable())
        .containsExactlyInAnyOrder(Kept.LOAD_PROFILES, Kept.PREVIOUS_VALUES, Kept.DEMAND);

    accepted(target.clear(Kept.DEMAND));
    assertThat(here.truth().demand()).isEmpty();
    assertThat(here.truth().previousValues()).isNotEmpty();
    accepted(target.clear(Kept.PREVIOUS_VALUES));
    assertThat(here.truth().previousValues()).isEmpty();
    assertThat(here.truth().loadProfile(1)).isNotEmpty();
    accepted(target.clear(Kept.LOAD_PROFILES));
    assertThat(here.truth().loadProfile(1)).isEmpty();

    here.truth().setWritesDenied(true);
    for (Kept what : target.clearable()) {
      assertThat(refusal(target.clear(what)).kind()).isEqualTo(Kind.ACCESS_DENIED);
    }
  }

  @Test
  void registersAreResetAndCounted() {
    var import1 = ObisCode.of("1-129:1.8.0*255");
    var export1 = ObisCode.of("1-129:2.8.0*255");
    here.time.advance(Duration.ofDays(2));
    var target = here.meter(PLATINUM).as(RegisterResetTarget.class).orElseThrow();
    assertThat(target.resettable()).hasSize(4).contains(import1, export1);
    var before = value(target.resetCounts());
    assertThat(here.truth().value(171, here.time.instant())).isPositive();

    accepted(target.reset(Set.of(import1)));

    assertThat(here.truth().value(171, here.time.instant())).isZero();
    var after = value(target.resetCounts());
    assertThat(after.get(import1)).isEqualTo(before.get(import1) + 1);
    assertThat(after.get(export1)).isEqualTo(before.get(export1));
    assertThat(failure(here.meter(IRON).as(RegisterResetTarget.class).orElseThrow().resetCounts()))
        .extracting(Fault::kind)
        .isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void gatewayErasesItsLogAndStartsAnew() {
    var session = here.driver.open(G13Server.GATEWAY, here.endpoint());
    var clear = session.as(ClearTarget.class).orElseThrow();
    assertThat(clear.clearable()).containsExactly(Kept.LOGBOOK);
    here.simulator.gateway(0).setConnected(IRON, false);

    accepted(clear.clear(Kept.LOGBOOK));
    assertThat(here.simulator.gateway(0).events())
        .singleElement()
        .satisfies(event -> assertThat(event.id()).isEqualTo(12));
    accepted(session.as(RebootTarget.class).orElseThrow().reboot());
    assertThat(failure(session.identify()).kind()).isNotEqualTo(Kind.UNSUPPORTED);
    here.time.advance(Duration.ofSeconds(31));
    value(session.identify());
  }

  @Test
  void whatNobodyReadsIsNotErased() {
    try (var server = new G13Server().examples();
        var session = server.session()) {
      var fault = refusal(session.as(ClearTarget.class).orElseThrow().clear(Kept.LOAD_PROFILES));

      assertThat(fault.detail()).contains("each 450 s", "nothing was erased");
      assertThat(server.requests()).noneMatch(request -> request.method().equals("DELETE"));
    }
  }
}
