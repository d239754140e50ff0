package org.meterledger.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;

/** What every driver holds to, whatever answers at the other end. */
@Timeout(60)
public abstract class MeterDriverContract {

  /** Capabilities of the list, to be sure that a session has no other. */
  private static final List<Class<? extends Capability>> ALL =
      List.of(
          RegisterSource.class,
          LoadProfileSource.class,
          BillingSource.class,
          DemandSource.class,
          EventLogSource.class,
          SettingsSource.class,
          SettingsTarget.class,
          ClearTarget.class,
          RegisterResetTarget.class,
          RebootTarget.class,
          ClockSource.class,
          ClockTarget.class,
          TariffTarget.class,
          FirmwareTarget.class,
          SwitchTarget.class,
          CosemSource.class,
          WifiTarget.class,
          MeterKeyTarget.class,
          FactoryResetTarget.class,
          ErrandTarget.class,
          ChargingSource.class,
          ChargeCycleTarget.class,
          DisplayTarget.class,
          CommissioningTarget.class);

  private static final ObisCode ACTIVE_ENERGY = ObisCode.of("1-0:1.8.0*255");

  protected abstract MeterDriver driver();

  protected abstract MeterModel model();

  /** A place at this port of this machine, where nobody listens. */
  protected abstract Endpoint nobody(int port);

  /** A meter that takes a connection and says nothing. */
  protected abstract Endpoint silent() throws Exception;

  /** A meter that answers as it should. */
  protected abstract Endpoint sound() throws Exception;

  /** What the clock of {@link #sound()} shows now. */
  protected abstract Instant soundMeterTime();

  /**
   * A meter that answers as it should, and what it holds, oldest first and in the order of time.
   *
   * @param requests how many it has received so far
   */
  public record Remembered(
      Endpoint endpoint, List<Instant> periodEnds, List<Instant> logged, LongSupplier requests) {}

  /**
   * A sound meter with dozens of rows in its first load profile, and lines in its first logbook.
   */
  protected abstract Remembered remembering() throws Exception;

  /**
   * A meter that breaks off in the middle of its load profile, after at least one row; null where
   * such meters keep none, as {@link #remembering()}.
   */
  protected abstract Endpoint half() throws Exception;

  /** Things that answer as no such meter would; each is asked everything. */
  protected abstract List<Endpoint> liars() throws Exception;

  private boolean has(Class<? extends Capability> capability) {
    return driver().capabilities(model()).contains(capability);
  }

  private MeterSession open(Endpoint endpoint) {
    return driver().open(model(), endpoint);
  }

  @Test
  void closingTwiceIsHarmless() throws Exception {
    var session = open(sound());
    session.identify();
    session.close();

    assertThatCode(session::close).doesNotThrowAnyException();
  }

  @Test
  void openingCallsNobody() {
    assertThatCode(() -> open(nobody(1)).close()).doesNotThrowAnyException();
  }

  @Test
  void nobodyThereIsUnreachable() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (var session = open(nobody(port))) {
      assertThat(faults(session)).isNotEmpty().allMatch(fault -> fault.kind() == Kind.UNREACHABLE);
    }
  }

  @Test
  void silentMeterIsATimeout() throws Exception {
    try (var session = open(silent())) {
      assertThat(faults(session)).isNotEmpty().allMatch(fault -> fault.kind() == Kind.TIMEOUT);
    }
  }

  @Test
  void soundMeterAnswersEverything() throws Exception {
    try (var session = open(sound())) {
      assertThat(faults(session)).isEmpty();
    }
  }

  @Test
  void clockIsReadToTheSecond() throws Exception {
    try (var session = open(sound())) {
      var read = session.as(ClockSource.class).map(ClockSource::readClock);

      read.ifPresent(
          result ->
              assertThat(result)
                  .isInstanceOfSatisfying(
                      ReadResult.Complete.class,
                      complete ->
                          assertThat((Instant) complete.value())
                              .isCloseTo(soundMeterTime(), within(1, ChronoUnit.SECONDS))));
    }
  }

  @Test
  void halfAProfileIsKept() throws Exception {
    assumeTrue(has(LoadProfileSource.class), "keeps no load profile");
    try (var session = open(half())) {
      var source = session.as(LoadProfileSource.class).orElseThrow();
      var profile = source.loadProfiles().iterator().next();

      assertThat(source.readLoadProfile(profile, Cursor.START))
          .isInstanceOfSatisfying(
              ReadResult.Partial.class,
              partial -> {
                var block = (Block<?>) partial.value();
                var rows = ((LoadProfile) block.content()).rows();
                assertThat(rows).isNotEmpty();
                assertThat(Cursor.index(rows.get(rows.size() - 1).sequence()))
                    .as("what did not come is asked for next time")
                    .isEqualTo(block.next().index());
                assertThat(partial.fault().kind().retryable()).isTrue();
              });
    }
  }

  @TestFactory
  List<DynamicTest> rowsAreFoundByTime() throws Exception {
    if (!has(LoadProfileSource.class)) {
      return List.of();
    }
    var meter = remembering();
    var ends = meter.periodEnds();
    var tests = new ArrayList<DynamicTest>();
    for (Instant from : around(ends)) {
      var expected = ends.stream().filter(end -> end.isAfter(from)).toList();
      tests.add(
          DynamicTest.dynamicTest(
              "rows after " + from,
              () -> {
                try (var session = open(meter.endpoint())) {
                  var source = session.as(LoadProfileSource.class).orElseThrow();
                  var profile = source.loadProfiles().iterator().next();
                  var cursor = seek(meter, ends, () -> source.seek(profile, from, Cursor.START));

                  assertThat(rows(c -> source.readLoadProfile(profile, c), cursor))
                      .flatExtracting(LoadProfile::rows)
                      .extracting(ProfileRow::periodEnd)
                      .containsExactlyElementsOf(expected);
                }
              }));
    }
    return tests;
  }

  @TestFactory
  List<DynamicTest> linesAreFoundByTime() throws Exception {
    if (!has(EventLogSource.class)) {
      return List.of();
    }
    var meter = remembering();
    var times = meter.logged();
    var tests = new ArrayList<DynamicTest>();
    for (Instant from : around(times)) {
      var expected = times.stream().filter(at -> !at.isBefore(from)).toList();
      tests.add(
          DynamicTest.dynamicTest(
              "lines from " + from,
              () -> {
                try (var session = open(meter.endpoint())) {
                  var source = session.as(EventLogSource.class).orElseThrow();
                  var logbook = source.logbooks().iterator().next();
                  var cursor = seek(meter, times, () -> source.seek(logbook, from, Cursor.START));

                  assertThat(rows(c -> source.readLogbook(logbook, c), cursor))
                      .flatExtracting(lines -> lines)
                      .extracting(LoggedEvent::at)
                      .containsExactlyElementsOf(expected);
                }
              }));
    }
    return tests;
  }

  /** Before everything, at each of some rows and beside it, after everything. */
  private static List<Instant> around(List<Instant> times) {
    assertThat(times).hasSizeGreaterThan(2);
    var around = new ArrayList<Instant>();
    around.add(Instant.EPOCH);
    for (int place : new int[] {0, 1, times.size() / 2, times.size() - 2, times.size() - 1}) {
      around.add(times.get(place).minusSeconds(1));
      around.add(times.get(place));
      around.add(times.get(place).plusSeconds(1));
    }
    around.add(times.get(times.size() - 1).plus(Duration.ofDays(400)));
    return around;
  }

  private static Cursor seek(
      Remembered meter, List<Instant> times, Supplier<ReadResult<Cursor>> seek) {
    var before = meter.requests().getAsLong();
    var result = seek.get();
    var most = 2 * Math.log(times.size()) / Math.log(2) + 8;
    assertThat((double) (meter.requests().getAsLong() - before)).isLessThanOrEqualTo(most);
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<Cursor>) result).value();
  }

  /** The contents of all blocks from a cursor on; none has anything to find fault with. */
  private static <T> List<T> rows(Function<Cursor, ReadResult<Block<T>>> read, Cursor from) {
    var contents = new ArrayList<T>();
    var cursor = from;
    var more = true;
    while (more) {
      var result = read.apply(cursor);
      assertThat(result).isInstanceOf(ReadResult.Complete.class);
      var block = ((ReadResult.Complete<Block<T>>) result).value();
      assertThat(block.findings()).isEmpty();
      contents.add(block.content());
      cursor = block.next();
      more = block.more();
    }
    return contents;
  }

  @Test
  void onlyDeclaredCapabilitiesArePresent() throws Exception {
    var declared = driver().capabilities(model());
    try (var session = open(sound())) {
      for (var capability : ALL) {
        assertThat(session.as(capability).isPresent())
            .as(capability.getSimpleName())
            .isEqualTo(declared.contains(capability));
      }
    }
  }

  @TestFactory
  List<DynamicTest> liarIsNeverBelievedAndNeverThrows() throws Exception {
    var tests = new ArrayList<DynamicTest>();
    for (Endpoint liar : liars()) {
      tests.add(
          DynamicTest.dynamicTest(
              "liar " + (tests.size() + 1),
              () -> {
                try (var session = open(liar)) {
                  assertThat(faults(session))
                      .isNotEmpty()
                      .allSatisfy(
                          fault ->
                              assertThat(fault.kind())
                                  .isIn(Kind.PROTOCOL, Kind.INVALID_DATA, Kind.UNSUPPORTED));
                }
              }));
    }
    return tests;
  }

  /** Reads all that the session can, and gives the faults. */
  private static List<Fault> faults(MeterSession session) {
    var faults = new ArrayList<Fault>();
    note(session.identify(), faults);
    session.as(RegisterSource.class).ifPresent(s -> note(s.readRegisters(), faults));
    session.as(ClockSource.class).ifPresent(s -> note(s.readClock(), faults));
    session.as(SettingsSource.class).ifPresent(s -> note(s.readSettings(), faults));
    session
        .as(LoadProfileSource.class)
        .ifPresent(
            s ->
                s.loadProfiles()
                    .forEach(
                        log -> {
                          note(s.readLoadProfile(log, Cursor.START), faults);
                          note(s.seek(log, Instant.EPOCH, Cursor.START), faults);
                        }));
    session.as(SwitchTarget.class).ifPresent(s -> note(s.readPorts(), faults));
    session
        .as(CosemSource.class)
        .ifPresent(s -> note(s.readAttributes(3, ACTIVE_ENERGY, List.of(2, 3)), faults));
    session.as(BillingSource.class).ifPresent(s -> note(s.readBilling(100), faults));
    session.as(DemandSource.class).ifPresent(s -> note(s.readDemand(100), faults));
    session
        .as(ChargingSource.class)
        .ifPresent(
            s -> {
              note(s.readPublicKey(), faults);
              note(s.readRecords(Cursor.START), faults);
              note(s.readRecord(ChargingSource.Lookup.POSITION, 0), faults);
            });
    session
        .as(EventLogSource.class)
        .ifPresent(
            s ->
                s.logbooks()
                    .forEach(
                        log -> {
                          note(s.readLogbook(log, Cursor.START), faults);
                          note(s.seek(log, Instant.EPOCH, Cursor.START), faults);
                        }));
    return faults;
  }

  private static void note(ReadResult<?> result, List<Fault> faults) {
    var fault = result.<Fault>fold(c -> null, p -> p.fault(), f -> f.fault());
    if (fault != null) {
      assertThat(fault.detail()).isNotBlank();
      faults.add(fault);
    }
  }
}
