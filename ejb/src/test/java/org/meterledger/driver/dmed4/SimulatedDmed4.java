package org.meterledger.driver.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargeCycleTarget.Step;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.dmed4.Dmed4Device;
import org.meterledger.simulators.dmed4.Dmed4Model;
import org.meterledger.simulators.dmed4.Dmed4Settings;
import org.meterledger.simulators.dmed4.Dmed4Simulator;
import org.meterledger.simulators.dmed4.Transport;

/** A meter that another hand has built after the same manual; waiting moves its clock. */
abstract class SimulatedDmed4 {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final int NODE = 8;
  static final String SERIAL = "40400017";
  static final String INPUT =
      "{\"FV\":\"1.0\",\"GI\":\"station\",\"GS\":\"4711\",\"IS\":true,\"ID\":\"tag\",\"TT\":\"\"}";
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  final SettableClock time = new SettableClock(START.plus(Duration.ofDays(1)));
  final Dmed4Driver driver = new Dmed4Driver(time, time::advance);
  final org.meterledger.simulators.dmed4.Dmed4Meter simulated =
      new org.meterledger.simulators.dmed4.Dmed4Meter(settings(), time);
  private final List<AutoCloseable> open = new ArrayList<>();
  private Dmed4Simulator simulator;

  private static Dmed4Settings settings() {
    return Dmed4Settings.of(Long.parseLong(SERIAL), Dmed4Model.DMED404R0600, NODE, START)
        .energies(1_234_567, 89);
  }

  @AfterEach
  void stop() throws Exception {
    for (var each : open) {
      each.close();
    }
    if (simulator != null) {
      simulator.close();
    }
  }

  final Dmed4Simulator serve(List<? extends Dmed4Device> devices) {
    simulator = Dmed4Simulator.startDevices(devices, 0);
    return simulator;
  }

  final Dmed4Simulator simulator() {
    return simulator;
  }

  /** A session with the first device. */
  final MeterSession session(Transport transport, String password) {
    return session(transport, password, TIMEOUT);
  }

  private MeterSession session(Transport transport, String password, Duration timeout) {
    if (simulator == null) {
      serve(List.of(simulated));
    }
    var session = open(endpoint(transport, NODE, "", password, timeout));
    open.add(session);
    return session;
  }

  /**
   * @param timeout within which an answer has to come
   */
  final MeterSession hasty(Transport transport, Duration timeout) {
    return session(transport, org.meterledger.simulators.dmed4.Dmed4Meter.PASSWORD, timeout);
  }

  final MeterSession session(Transport transport) {
    return session(transport, org.meterledger.simulators.dmed4.Dmed4Meter.PASSWORD);
  }

  final MeterSession open(Endpoint endpoint) {
    return driver.open(new MeterModels().get("lovato-dmed4"), endpoint);
  }

  final Endpoint endpoint(Transport transport, int unit, String path, String password) {
    return endpoint(transport, unit, path, password, TIMEOUT);
  }

  private Endpoint endpoint(
      Transport transport, int unit, String path, String password, Duration timeout) {
    var place = "127.0.0.1:" + simulator.port(0, transport);
    return switch (transport) {
      case MODBUS_TCP -> modbus("modbus-tcp://" + place + "?unit=" + unit, timeout);
      case MODBUS_RTU -> modbus("modbus-rtu-tcp://" + place + "?unit=" + unit, timeout);
      case MODBUS_ASCII -> modbus("modbus-ascii-tcp://" + place + "?unit=" + unit, timeout);
      default ->
          new Endpoint.Http(
              URI.create("http://" + place + path),
              password == null ? null : "portal",
              password,
              timeout);
    };
  }

  private static Endpoint modbus(String address, Duration timeout) {
    return Endpoint.at(address, null, null, timeout);
  }

  static <C extends Capability> C able(MeterSession session, Class<C> capability) {
    return session.as(capability).orElseThrow();
  }

  static <T> T value(ReadResult<T> result) {
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<T>) result).value();
  }

  static Fault fault(ReadResult<?> result) {
    assertThat(result).isInstanceOf(ReadResult.Failed.class);
    return ((ReadResult.Failed<?>) result).fault();
  }

  static void accepted(CommandResult result) {
    assertThat(result).isInstanceOf(CommandResult.Accepted.class);
  }

  static Fault refused(CommandResult result) {
    assertThat(result).isInstanceOf(CommandResult.Refused.class);
    return ((CommandResult.Refused) result).fault();
  }

  /** A whole cycle of two records. */
  final void charge(MeterSession session) {
    var cycle = able(session, ChargeCycleTarget.class);
    accepted(cycle.prepare(INPUT));
    simulated.load(50_000, 40_012);
    accepted(cycle.sign(Step.BEGIN).result());
    time.advance(Duration.ofMinutes(30));
    accepted(cycle.sign(Step.END).result());
    simulated.load(0, 40_012);
  }
}
