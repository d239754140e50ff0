package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.dmed4.Dmed4Driver;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.dmed4.Dmed4Meter;
import org.meterledger.simulators.dmed4.Dmed4Model;
import org.meterledger.simulators.dmed4.Dmed4Settings;
import org.meterledger.simulators.dmed4.Dmed4Simulator;
import org.meterledger.simulators.dmed4.Transport;

/** Operations of meters with a display, and of meters that are commissioned. */
class DisplayAndCommissioningTest {

  private static final String MODEL = "lovato-dmed4";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final SettableClock clock = new SettableClock(START.plus(Duration.ofDays(1)));
  private final Dmed4Meter meter =
      new Dmed4Meter(Dmed4Settings.of(40400017, Dmed4Model.DMED404R0600, 8, START), clock);
  private Dmed4Simulator simulator;
  private MeterSession session;

  @BeforeEach
  void start() {
    simulator = Dmed4Simulator.startDevices(List.of(meter), 0);
    var place = URI.create("http://127.0.0.1:" + simulator.port(0, Transport.REST));
    session =
        new Dmed4Driver(clock)
            .open(
                new MeterModels().get(MODEL),
                new Endpoint.Http(place, "portal", Dmed4Meter.PASSWORD, Duration.ofSeconds(2)));
  }

  @AfterEach
  void stop() {
    session.close();
    simulator.close();
  }

  private static JsonObject json(String text) {
    return Json.createReader(new StringReader(text.replace('\'', '"'))).readObject();
  }

  private OperationKind.Outcome run(OperationKind kind, String parameters)
      throws InterruptedException {
    var open = new OpenMeter(1, MODEL, session, null, clock, Duration.ofMinutes(5));
    return kind.run(open, json(parameters));
  }

  @Test
  void commissioningIsNotEndedUnderAnotherSerialNumber() throws InterruptedException {
    var outcome = run(new EndCommissioning(), "{'confirmation':'40400018'}");

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.NOT_TAKEN);
    assertThat(outcome.progress().fault().detail()).contains("nothing was sent");
    assertThat(meter.operativeStatus()).isEqualTo("ready");
  }

  @Test
  void commissioningIsEndedAndReadBack() throws InterruptedException {
    var outcome = run(new EndCommissioning(), "{'confirmation':'40400017'}");

    assertThat(outcome.progress().fault()).isNull();
    assertThat(outcome.result().getBoolean("commissioned")).isTrue();
    assertThat(meter.operativeStatus()).isEqualTo("operating");
  }

  @Test
  void displayShowsAPage() throws InterruptedException {
    var outcome = run(new ShowOnDisplay(), "{'display':'ON','page':5}");

    assertThat(outcome.progress().fault()).isNull();
    assertThat(meter.displayPage()).isEqualTo(5);
  }

  /** What is not there refuses, and nothing is sent behind a refusal. */
  @Test
  void meterWithoutRemoteDisplayRefusesItsLines() throws InterruptedException {
    var outcome = run(new ShowOnDisplay(), "{'page':5,'viewerMeter':1,'title1':'STATION'}");

    assertThat(outcome.progress().fault().kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(meter.displayPage()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "{}, parameters",
    "{'title1':'STATION'}, parameters.viewerMeter",
    "{'viewerMeter':1}, parameters.viewerMeter",
    "{'viewerMeter':1;'text2':'5 €'}, parameters.text2"
  })
  void whatCannotBeShownIsRefused(String parameters, String field) {
    var given = json(parameters.replace(';', ','));

    assertThatThrownBy(() -> new ShowOnDisplay().check(session, given))
        .isInstanceOfSatisfying(
            InvalidOperation.class, refused -> assertThat(refused.field()).isEqualTo(field));
    assertThat(meter.traffic().requests()).isZero();
  }
}
