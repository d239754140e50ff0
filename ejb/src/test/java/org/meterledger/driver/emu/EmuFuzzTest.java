package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.driver.Block;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.http.Answer;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.ObisCode;

/**
 * Whatever bytes come, the session gives a value. An ordinary test run tries the seeds beside this
 * class; {@code JAZZER_FUZZ=1 mvn -pl ejb -am test -Dtest=EmuFuzzTest#tables
 * -Dsurefire.failIfNoSpecifiedTests=false} searches on from them, for one method at a time.
 */
class EmuFuzzTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2023-06-15T00:00:00Z"), ZoneOffset.UTC);

  private static EmuSession session(Fetch fetch) {
    return new EmuSession(
        CLOCK,
        Documents.TABLES,
        new EmuDriver(CLOCK).capabilities(Documents.MODEL),
        "http://meter",
        fetch);
  }

  @FuzzTest(maxDuration = "80s")
  void tables(byte[] body) {
    for (boolean announced : new boolean[] {true, false}) {
      var answer = new Answer(body, "text/csv", announced, null);
      var session =
          session(
              (path, largest) ->
                  path.equals(StatusJson.PATH)
                      ? Documents.whole(Documents.example("status.json"))
                      : answer);
      Stream.of(Cursor.START, Cursor.START.at(2, Instant.parse("2022-09-28T10:30:00Z")))
          .forEach(
              cursor -> {
                check(session.readLoadProfile(EmuSession.LOAD_PROFILE, cursor), cursor);
                assertThat(session.readLogbook(EmuSession.LOGBOOK, cursor)).isNotNull();
                for (ObisCode log : List.of(EmuSession.LOAD_PROFILE, EmuSession.LOGBOOK)) {
                  check(session.seek(log, Instant.parse("2022-09-28T10:30:00Z"), cursor));
                }
              });
    }
  }

  private static void check(ReadResult<Cursor> sought) {
    if (sought instanceof ReadResult.Complete<Cursor> complete) {
      assertThat(complete.value().epoch()).isZero();
      assertThat(complete.value().index()).isBetween(-1L, LogRow.LARGEST_INDEX);
    }
  }

  private static void check(ReadResult<Block<LoadProfile>> result, Cursor cursor) {
    if (result instanceof ReadResult.Complete<Block<LoadProfile>> complete) {
      var block = complete.value();
      assertThat(block.next().epoch()).isBetween(cursor.epoch(), cursor.epoch() + 1);
      assertThat(block.content().rows())
          .allSatisfy(row -> assertThat(row.periodEnd()).isBefore("2023-06-16T00:00:00Z"));
      assertThat(block.refused())
          .allSatisfy(row -> assertThat(row.raw()).doesNotContain("\u0000").hasSizeLessThan(2001));
    }
  }

  @FuzzTest(maxDuration = "80s")
  void documents(byte[] body) {
    var session = session((path, largest) -> new Answer(body, "application/json", true, null));

    assertThat(session.identify()).isNotNull();
    assertThat(session.readRegisters()).isNotNull();
    assertThat(session.readClock()).isNotNull();
    if (session.readSettings() instanceof ReadResult.Complete<?> complete) {
      assertThat(complete.value().toString()).doesNotContain("\u0000");
    }
  }
}
