package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.archive.ArchiveFixture.MIDNIGHT;
import static org.meterledger.archive.ArchiveFixture.NOW;
import static org.meterledger.archive.ArchiveFixture.PERIOD;
import static org.meterledger.archive.ArchiveFixture.row;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterledger.metering.ProfileRow;

class GapsTest {

  private static final Instant LATER = NOW.plus(Duration.ofHours(6));

  private final CountFixture count = new CountFixture(NOW.toString());
  private final ArchiveFixture archive = new ArchiveFixture();
  private final Gaps gaps = new Gaps(archive.database);

  /** Rows of these periods, in one delivery; the index is that of the period. */
  private void store(int... periods) {
    archive.store(rows(periods));
  }

  private static ProfileRow[] rows(int... periods) {
    var rows = new ProfileRow[periods.length];
    for (int i = 0; i < periods.length; i++) {
      rows[i] = row(periods[i], periods[i], periods[i], 0);
    }
    return rows;
  }

  private static Instant end(int period) {
    return MIDNIGHT.plus(PERIOD.multipliedBy(period));
  }

  /** As {@code 2-5: 2}, newest first: rows of periods 2 and 5 are there, 2 between are not. */
  private List<String> found() {
    return gaps.of(archive.meterId, 0, 99).stream().map(GapsTest::told).toList();
  }

  private static String told(Gaps.Gap gap) {
    return "%d-%d: %d%s"
        .formatted(
            Duration.between(MIDNIGHT, gap.after()).dividedBy(PERIOD),
            Duration.between(MIDNIGHT, gap.before()).dividedBy(PERIOD),
            gap.missing(),
            gap.permanent() == null ? "" : " " + gap.permanent());
  }

  private List<String> toAsk(Instant now) {
    return gaps.toAsk(archive.meterId, now, 99).stream().map(GapsTest::told).toList();
  }

  @Test
  void whatIsMissingBetweenRowsIsAGapAndLaterRowsFillIt() {
    store(1, 2, 5, 6, 9);
    count.all();
    assertThat(found()).containsExactly("6-9: 2", "2-5: 2");
    assertThat(gaps.counts(archive.meterId)).isEqualTo(new Gaps.Counts(2, 4, 0, 0));
    assertThat(gaps.toAsk(archive.meterId, NOW, 1))
        .extracting(GapsTest::told)
        .containsExactly("6-9: 2");

    store(3, 4, 7);
    count.all();
    assertThat(found()).containsExactly("7-9: 1");

    store(8);
    count.all();
    assertThat(found()).isEmpty();
  }

  @Test
  void gapsAreFoundBetweenDeliveriesToo() {
    store(1, 2);
    count.all();
    store(6);
    count.all();
    store(-3);
    count.all();
    assertThat(found()).containsExactly("2-6: 3", "-3-1: 3");
  }

  @Test
  void whatTheMeterNeverRecordedIsNotAskedFor() {
    archive.store(row(1, 1, 1, 1), row(2, 2, 2, 2), row(9, 3, 3, 3), row(12, 5, 5, 5));
    count.all();
    assertThat(found()).containsExactly("9-12: 2", "2-9: 6 NOT_RECORDED");
    assertThat(toAsk(NOW)).containsExactly("9-12: 2");
  }

  @Test
  void anIndexThatCountsSecondsDoesNotTellThatNothingWasRecorded() {
    archive.store(
        row(1, end(1).getEpochSecond(), 1, 1),
        row(2, end(2).getEpochSecond(), 2, 2),
        row(9, end(9).getEpochSecond(), 3, 3));
    count.all();
    assertThat(found()).containsExactly("2-9: 6");
  }

  @Test
  void aClockSetBackMakesNoGapAndTheRunningNumberStillTells() {
    archive.store(
        row(3, 1, 1, 0),
        row(4, 2, 2, 0),
        row(1, 3, 3, 0),
        row(2, 4, 4, 0),
        row(3, 5, 5, 0),
        row(4, 6, 6, 0),
        row(8, 7, 7, 0));
    count.all();
    assertThat(found()).containsExactly("4-8: 3 NOT_RECORDED");
  }

  @Test
  void aGapThatWasAskedForWaitsAndWhatIsLeftOfItWaitsToo() {
    store(1, 9);
    count.all();
    archive.store.store(
        List.of(archive.delivery(rows(4, 5)).gapAsked(profile(), end(1), LATER, null)), NOW);
    count.all();

    assertThat(found()).containsExactly("5-9: 3", "1-4: 2");
    assertThat(toAsk(NOW)).isEmpty();
    assertThat(toAsk(LATER)).containsExactly("5-9: 3", "1-4: 2");
    assertThat(gaps.of(archive.meterId, 0, 1).get(0).asked()).isEqualTo(1);
  }

  @Test
  void whatTheMeterNoLongerHoldsIsNotAskedForAgainThoughAPartOfItCame() {
    store(1, 9);
    count.all();
    archive.store.store(
        List.of(archive.delivery(rows(7, 8)).gapAsked(profile(), end(1), LATER, "NOT_HELD")), NOW);
    count.all();
    store(4);
    count.all();

    assertThat(found()).containsExactly("4-7: 2 NOT_HELD", "1-4: 2 NOT_HELD");
    assertThat(toAsk(LATER)).isEmpty();
    assertThat(gaps.counts(archive.meterId)).isEqualTo(new Gaps.Counts(0, 0, 2, 4));

    store(2, 3, 5, 6);
    count.all();
    assertThat(found()).isEmpty();
  }

  @Test
  void anAnswerThatComesAfterItsGapWasSplitMattersOnlyToTheFirstPart() {
    store(1, 9);
    count.all();
    store(4);
    count.all();
    archive.store.store(
        List.of(archive.delivery(rows(5)).gapAsked(profile(), end(1), LATER, "NOT_HELD")), NOW);
    count.all();
    assertThat(found()).containsExactly("5-9: 3", "1-4: 2 NOT_HELD");
  }

  @Test
  void anAnswerToAGapThatIsFilledIsHarmless() {
    store(1, 3);
    count.all();
    store(2);
    count.all();
    archive.store.store(
        List.of(new Delivery(archive.meterId, NOW).gapAsked(profile(), end(1), LATER, "NOT_HELD")),
        NOW);
    assertThat(found()).isEmpty();
  }

  private int profile() {
    return archive.profile().id();
  }
}
