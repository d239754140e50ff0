package org.meterledger.benchmarks;

import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.dmed4.Dmed4Driver;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.metering.RegisterReading;
import org.meterledger.simulators.dmed4.Dmed4Device;
import org.meterledger.simulators.dmed4.Dmed4Fleet;
import org.meterledger.simulators.dmed4.Dmed4Simulator;
import org.meterledger.simulators.dmed4.Transport;

/** Simulated DMED4 meters in this process, and a session over Modbus TCP with each at once. */
final class Dmed4Run implements AutoCloseable {

  /** Of one answer; nobody waits for its end. */
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final MeterModel model = new MeterModels().get("lovato-dmed4");
  private final MeterDriver driver = new Dmed4Driver(Clock.systemUTC());
  private final Dmed4Simulator simulator;
  private final ExecutorService threads;

  Dmed4Run(int meters) {
    var clock = Clock.systemUTC();
    this.simulator = Dmed4Simulator.start(Dmed4Fleet.fresh(meters, 1, clock.instant()), 0, clock);
    this.threads = Executors.newFixedThreadPool(meters);
  }

  /** Work with one meter. */
  @FunctionalInterface
  private interface Conversation {
    long with(int meter) throws Exception;
  }

  /** How long all answers take from now on. */
  void latency(Duration each) {
    for (int i = 0; i < simulator.size(); i++) {
      simulator.meter(i).setLatency(each);
    }
  }

  /**
   * Reads each meter so often in one session, all meters at once.
   *
   * @return registers that were told
   */
  long read(int times) throws Exception {
    return all(meter -> read(meter, simulator.port(meter, Transport.MODBUS_TCP), times));
  }

  private long read(int meter, int port, int times) {
    int node = simulator.meter(meter).settings().node();
    var address = "modbus-tcp://127.0.0.1:%d?unit=%d".formatted(port, node);
    try (var session = driver.open(model, Endpoint.at(address, null, null, TIMEOUT))) {
      var source = session.as(RegisterSource.class).orElseThrow();
      long registers = 0;
      for (int i = 0; i < times; i++) {
        registers += told(source);
      }
      return registers;
    }
  }

  /** A figure of readings that failed would mean nothing. */
  private static int told(RegisterSource source) {
    var read = source.readRegisters();
    var fault = read.<Fault>fold(c -> null, partial -> partial.fault(), failed -> failed.fault());
    if (fault != null) {
      throw new IllegalStateException(fault.detail());
    }
    return ((ReadResult.Complete<RegisterReading>) read).value().values().size();
  }

  /** What the driver asks in one reading of a meter. */
  List<byte[]> asked() throws Exception {
    try (var frames = new RecordedFrames(address(0))) {
      read(0, frames.port(), 1);
      return frames.requests();
    }
  }

  /** The same so often, of all meters at once, without the driver. */
  void drain(List<byte[]> asked, int times) throws Exception {
    all(
        meter -> {
          RecordedFrames.replay(asked, address(meter), times);
          return 0;
        });
  }

  private InetSocketAddress address(int meter) {
    return simulator.address(meter, Transport.MODBUS_TCP);
  }

  private long all(Conversation conversation) throws Exception {
    var works = new ArrayList<Callable<Long>>();
    for (int i = 0; i < simulator.size(); i++) {
      int meter = i;
      works.add(() -> conversation.with(meter));
    }
    long sum = 0;
    for (Future<Long> done : threads.invokeAll(works)) {
      sum += done.get();
    }
    return sum;
  }

  long requests() {
    long all = 0;
    for (int i = 0; i < simulator.size(); i++) {
      all += simulator.meter(i).traffic().requests();
    }
    return all;
  }

  /** The most that one meter was asked at the same time. */
  int mostConversations() {
    int most = 0;
    for (int i = 0; i < simulator.size(); i++) {
      most = Math.max(most, simulator.meter(i).traffic().maxConcurrentRequests());
    }
    return most;
  }

  /**
   * The most connections that one meter had at the same time.
   *
   * @throws IllegalStateException when a meter had to refuse one, for it takes two
   */
  int mostConnections() {
    int most = 0;
    for (int i = 0; i < simulator.size(); i++) {
      Dmed4Device meter = simulator.meter(i);
      if (meter.refusedConnections() > 0) {
        throw new IllegalStateException(meter.refusedConnections() + " connections were refused");
      }
      most = Math.max(most, meter.traffic().maxConnectionsOpen());
    }
    return most;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    simulator.close();
  }
}
