package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterledger.driver.Block;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.LoadProfile;
import org.meterledger.simulators.emu.Fault;

/** Reads meters that answer wrongly, late or not at all. */
class EmuFaultTest extends SimulatedEmu {

  static List<Object[]> faults() {
    return List.of(
        new Object[] {Fault.NO_ANSWER, Kind.TIMEOUT},
        new Object[] {Fault.CONNECTION_RESET, Kind.PROTOCOL},
        new Object[] {Fault.GARBAGE, Kind.PROTOCOL},
        new Object[] {Fault.HTTP_500, Kind.PROTOCOL},
        new Object[] {Fault.SLOW_DRIP, Kind.TIMEOUT},
        new Object[] {Fault.REDIRECT, Kind.INVALID_DATA},
        new Object[] {Fault.HTML_PAGE, Kind.INVALID_DATA});
  }

  @ParameterizedTest
  @MethodSource("faults")
  void faultIsNamedAndRecoveredFrom(Fault fault, Kind kind) {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    readAll();
    time.advance(QUARTER.multipliedBy(5));
    meter.inject(fault, Integer.MAX_VALUE, "/data/");

    try (var session = session()) {
      assertThat(read(session))
          .isInstanceOfSatisfying(
              ReadResult.Failed.class,
              failed -> {
                assertThat(failed.fault().kind()).isEqualTo(kind);
                assertThat(failed.fault().detail()).contains("127.0.0.1");
              });
    }
    meter.clearFaults();
    readAll();

    assertArchiveIsTruth();
    assertThat(findings).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("shortFaults")
  void oneStallOrResetIsNotEvenNoticed(Fault fault) {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(50)));
    meter.inject(fault, 1, "/data/");

    readAll();

    assertArchiveIsTruth();
  }

  static List<Fault> shortFaults() {
    return List.of(Fault.NO_ANSWER, Fault.CONNECTION_RESET);
  }

  @ParameterizedTest
  @MethodSource("cuts")
  void rowsBeforeACutAreKeptAndTheRestIsReadLater(Fault fault) {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(10)));
    readAll();
    time.advance(QUARTER.multipliedBy(50));
    meter.inject(fault, 1, "/data/");

    try (var session = session()) {
      assertThat(read(session))
          .isInstanceOfSatisfying(
              ReadResult.Partial.class,
              partial -> {
                var block = (Block<?>) partial.value();
                var rows = ((LoadProfile) block.content()).rows();
                assertThat(partial.fault().kind()).isEqualTo(Kind.PROTOCOL);
                assertThat(rows).hasSizeBetween(10, 49);
                assertThat(block.refused()).isEmpty();
                archive.addAll(rows);
                cursor = block.next();
              });
    }
    readAll();

    assertArchiveIsTruth();
  }

  static List<Fault> cuts() {
    return List.of(Fault.BODY_CUT, Fault.BODY_CUT_UNANNOUNCED, Fault.BODY_CUT_BEFORE_LAST_DIGIT);
  }

  static List<Object[]> rowFaults() {
    return List.of(
        new Object[] {Fault.SHORT_ROW, "columns", ""},
        new Object[] {Fault.FUTURE_ROW, "future", "time"},
        new Object[] {Fault.OUT_OF_RANGE_ROW, "number", "1-0:32.7.0"});
  }

  @ParameterizedTest
  @MethodSource("rowFaults")
  void brokenRowIsRefusedWithItsIndexAndTheRestIsKept(Fault fault, String reason, String field) {
    meter(settings -> {});
    time.set(START.plus(QUARTER.multipliedBy(10)));
    readAll();
    time.advance(QUARTER.multipliedBy(10));
    meter.inject(fault, 1, "/data/");

    try (var session = session()) {
      var block = complete(read(session));

      assertThat(block.content().rows()).hasSize(9);
      assertThat(block.next().index()).isEqualTo(20);
      assertThat(block.refused())
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.sequence()).isBetween(11L, 20L);
                assertThat(row.reason()).isEqualTo(reason);
                assertThat(row.field()).isEqualTo(field);
                assertThat(row.raw()).contains("22350001");
              });
      assertThat(block.findings())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.ROW_REFUSED);
    }
  }

  @Test
  void passwordIsAskedForAndRefusedInPlainWords() {
    meter(settings -> settings.password("geheim"));
    var base = endpoint.base();

    assertThat(fault(session())).isEqualTo(base + " wants a password");
    endpoint = endpoint(base, "falsch");
    assertThat(fault(session())).isEqualTo(base + " refuses the password");
    endpoint = endpoint(base, "geheim");
    assertThat(session().identify()).isInstanceOf(ReadResult.Complete.class);
  }

  private static String fault(MeterSession session) {
    var failed = (ReadResult.Failed<?>) session.identify();
    assertThat(failed.fault().kind()).isEqualTo(Kind.ACCESS_DENIED);
    return failed.fault().detail();
  }
}
