package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.archive.ArchiveFixture.MIDNIGHT;
import static org.meterledger.archive.ArchiveFixture.NOW;
import static org.meterledger.archive.ArchiveFixture.PERIOD;
import static org.meterledger.archive.ArchiveFixture.row;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.Unit;

/** Rows of meters without running numbers, whose numbers stand for the time. */
class SteppedProfileTest {

  private static final ObisCode PROFILE = ObisCode.of("1-0:99.1.131");
  private static final long STEP = PERIOD.toSeconds() * 64;

  private final ArchiveFixture archive = new ArchiveFixture();
  private final ProfileCatalog.Profile profile =
      archive.catalog.profile(
          archive.meterId,
          PROFILE,
          STEP,
          List.of(
              new Channel(ArchiveFixture.T1, Unit.WATT_HOUR, 0, 0),
              new Channel(ArchiveFixture.T2, Unit.WATT_HOUR, 0, 0),
              new Channel(ArchiveFixture.POWER, Unit.WATT, 0, 0)),
          List.of());

  private static ProfileRow entry(int period, int occurrence, long t1) {
    return row(period, period * STEP + occurrence, t1, 0);
  }

  private List<String> differences(ProfileRow... rows) {
    archive.store.store(
        List.of(new Delivery(archive.meterId, NOW).rows(profile, PERIOD, List.of(rows))), NOW);
    var stored = archive.loadProfiles.find(archive.meterId, PROFILE).orElseThrow();
    var query =
        new RowsQuery(
            stored,
            List.of(stored.channel(ArchiveFixture.T1)),
            new Interval(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1))),
            Values.DIFFERENCE);
    return archive.loadProfiles.series(query, 1_000).points().stream()
        .map(point -> String.valueOf(point.values().get(0).max()))
        .toList();
  }

  @Test
  void whatLiesAPeriodApartFollowsEachOther() {
    assertThat(differences(entry(1, 0, 10), entry(2, 0, 12), entry(3, 0, 15)))
        .containsExactly("null", "2", "3");
  }

  @Test
  void overAGapThereIsNoDifference() {
    assertThat(differences(entry(1, 0, 10), entry(3, 0, 15), entry(4, 0, 16)))
        .containsExactly("null", "null", "1");
  }

  @Test
  void aTimeThatCameAgainIsNotWhatFollows() {
    assertThat(differences(entry(1, 0, 10), entry(2, 0, 12), entry(2, 1, 19), entry(3, 0, 14)))
        .containsExactly("null", "2", "null");
  }
}
