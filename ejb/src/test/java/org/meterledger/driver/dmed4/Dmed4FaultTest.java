package org.meterledger.driver.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.http.RawServer;
import org.meterledger.metering.Cursor;
import org.meterledger.simulators.dmed4.Fault;
import org.meterledger.simulators.dmed4.Transport;

/** What does not answer as a meter should is told, and never throws. */
@Timeout(60)
class Dmed4FaultTest extends SimulatedDmed4 {

  private static final Duration QUICK = Duration.ofMillis(300);

  private static List<ReadResult<?>> all(MeterSession session) {
    return List.of(
        session.identify(),
        able(session, RegisterSource.class).readRegisters(),
        able(session, ClockSource.class).readClock(),
        able(session, SettingsSource.class).readSettings(),
        able(session, EventLogSource.class).readLogbook(EventReading.LOGBOOK, Cursor.START),
        able(session, ChargingSource.class).readRecords(Cursor.START),
        able(session, ChargingSource.class).readPublicKey());
  }

  @ParameterizedTest
  @ValueSource(strings = {"http", "modbus-tcp", "modbus-rtu-tcp", "modbus-ascii-tcp"})
  void nobodyThereIsUnreachable(String scheme) throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (var session = open(Endpoint.at(scheme + "://127.0.0.1:" + port, null, null, QUICK))) {
      assertThat(all(session))
          .allSatisfy(result -> assertThat(fault(result).kind()).isEqualTo(Kind.UNREACHABLE));
    }
  }

  @Test
  void liarIsNotBelieved() throws Exception {
    var answers =
        List.of("{}", "[1]", "<html>", "{\"a\":1,\"a\":2}", "[".repeat(9000), "\"text\"", "");
    for (String answer : answers) {
      try (var server =
              new RawServer((path, out) -> RawServer.ok(out, "application/json", answer));
          var session = open(new Endpoint.Http(server.uri(), "u", "p", Duration.ofSeconds(1)))) {
        assertThat(all(session))
            .as(answer.length() > 20 ? "nested" : answer)
            .allSatisfy(
                result ->
                    assertThat(Results.fault(result).kind())
                        .isIn(Kind.INVALID_DATA, Kind.PROTOCOL));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(value = Transport.class, names = "REST_TLS", mode = Mode.EXCLUDE)
  void afterAFaultTheNextAnswerIsRight(Transport transport) {
    var session = session(transport);
    for (Fault fault :
        List.of(Fault.GARBAGE, Fault.HALF_ANSWER, Fault.CONNECTION_DROPPED, Fault.HTTP_500)) {
      simulated.faults().add(fault, 2, "/");
      able(session, ClockSource.class).readClock(); // it may have been tried again and be right
      simulated.faults().clear();

      assertThat(value(able(session, ClockSource.class).readClock())).isEqualTo(time.instant());
    }
  }

  @Test
  void busyMeterIsToldAsBusy() {
    var session = session(Transport.MODBUS_TCP);
    simulated.faults().add(Fault.BUSY, 5, "/modbus");

    assertThat(fault(able(session, ClockSource.class).readClock()).kind()).isEqualTo(Kind.BUSY);
  }

  @Test
  void recordsBeforeAFaultAreKept() {
    var session = session(Transport.REST);
    charge(session);
    charge(session);
    var source = able(session, ChargingSource.class);
    simulated.faults().add(Fault.HTTP_500, 1, "/v1/logbook/OCMF?index_type=PROGR&index_value=3");

    var read = source.readRecords(Cursor.START);

    assertThat(read)
        .isInstanceOfSatisfying(
            ReadResult.Partial.class,
            partial -> {
              var block = (org.meterledger.driver.Block<?>) partial.value();
              assertThat((List<?>) block.content()).hasSize(2);
              assertThat(block.more()).isTrue();
              assertThat(value(source.readRecords(block.next())).content()).hasSize(2);
            });
  }

  @Test
  void passwordIsInNoFault() {
    serve(List.of(simulated));
    var place = URI.create("http://127.0.0.1:" + simulator().port(0, Transport.REST));
    try (var session =
        open(new Endpoint.Http(place, "portal", "secret77", Duration.ofSeconds(2)))) {
      var read = able(session, SettingsSource.class).readSettings();

      assertThat(Results.fault(read).kind()).isEqualTo(Kind.ACCESS_DENIED);
      assertThat(Results.fault(read).toString()).doesNotContain("secret77");
    }
  }
}
