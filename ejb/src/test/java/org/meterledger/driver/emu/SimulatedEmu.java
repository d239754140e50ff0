package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.meterledger.driver.Block;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Finding;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.emu.LoadProfileRow;
import org.meterledger.simulators.emu.SettingsBuilder;

/** A meter that another hand has built after the same manual, and what was read of it. */
abstract class SimulatedEmu {

  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final ObisCode PROFILE = ObisCode.of("1-0:99.1.0*255");
  private static final Duration QUICK = Duration.ofSeconds(1);
  static final Duration QUARTER = Duration.ofMinutes(15);

  final SettableClock time = new SettableClock(START);
  private final List<AutoCloseable> open = new ArrayList<>();
  private final EmuDriver driver = new EmuDriver(time, QUICK);
  EmuMeter meter;
  Endpoint.Http endpoint;
  Cursor cursor = Cursor.START;
  final List<ProfileRow> archive = new ArrayList<>();
  final List<Finding> findings = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  final void meter(Consumer<SettingsBuilder> how) {
    var settings = EmuMeter.Settings.builder("22350001", START);
    how.accept(settings);
    var simulator = EmuSimulator.start(List.of(settings.build()), 0, time);
    open.add(simulator);
    meter = simulator.meter(0);
    endpoint = endpoint(simulator.uri(0), null);
  }

  static Endpoint.Http endpoint(URI uri, String password) {
    return new Endpoint.Http(uri, password == null ? null : "admin", password, QUICK);
  }

  final MeterSession session() {
    return driver.open(new MeterModels().get("emu-professional-ii"), endpoint);
  }

  final ReadResult<Block<LoadProfile>> read(MeterSession session) {
    return session.as(LoadProfileSource.class).orElseThrow().readLoadProfile(PROFILE, cursor);
  }

  /** Reads as the portal does: block by block from the cursor on. */
  final void readAll() {
    try (var session = session()) {
      var more = true;
      while (more) {
        var block = ((ReadResult.Complete<Block<LoadProfile>>) read(session)).value();
        archive.addAll(block.content().rows());
        findings.addAll(block.findings());
        cursor = block.next();
        more = block.more();
      }
    }
  }

  static <T> T complete(ReadResult<T> result) {
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<T>) result).value();
  }

  final void assertArchiveIsTruth() {
    var truth = meter.truth().stream().map(SimulatedEmu::told).toList();
    assertThat(archive.stream().map(SimulatedEmu::told).toList()).isEqualTo(truth);
  }

  private static List<Object> told(LoadProfileRow row) {
    var told = new ArrayList<Object>();
    told.add(row.periodEnd());
    told.add((long) row.index());
    told.add(row.status());
    told.addAll(row.values());
    return told;
  }

  private static List<Object> told(ProfileRow row) {
    var told = new ArrayList<Object>();
    told.add(row.periodEnd());
    told.add(Cursor.index(row.sequence()));
    told.add(row.meterStatus());
    for (long value : row.values()) {
      told.add(value);
    }
    return told;
  }
}
