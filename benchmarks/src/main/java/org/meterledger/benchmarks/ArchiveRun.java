package org.meterledger.benchmarks;

import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.meterledger.archive.Delivery;
import org.meterledger.archive.ProfileCatalog;

/** Rounds of storing, each one period later, all into one partition that holds many rows. */
final class ArchiveRun {

  private static final int CHANNELS = 20;

  /** Rows before and rows measured must share a month. */
  private static final Duration MOST_OF_A_MONTH = Duration.ofDays(25);

  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final int PERIODS_PER_ROUND = 8;

  private final BenchmarkDatabase database;
  private final RunningArchive archive;
  private final ArchivedMeters meters;
  private final List<ProfileCatalog.Profile> order;
  private final Random random = new Random(1);
  private Duration period = QUARTER;
  private int next = 1;

  ArchiveRun(BenchmarkDatabase database, RunningArchive archive, int meters) {
    this.database = database;
    this.archive = archive;
    this.meters = ArchivedMeters.register(database.database(), "archive", meters, CHANNELS);
    this.order = new ArrayList<>(this.meters.profiles());
  }

  /** Rows per second of each way. */
  record Times(int rows, double stored, double sessions, double copied) {}

  void fill(int rows, int rounds, Report report) throws Exception {
    int periods = rows / order.size();
    var widest = MOST_OF_A_MONTH.dividedBy(periods + (rounds + 1L) * PERIODS_PER_ROUND);
    if (widest.compareTo(QUARTER) < 0) {
      period = widest.truncatedTo(ChronoUnit.SECONDS);
    }
    archive.store(rows(1), Sessions.MeterRow::withAttempt); // makes the partition to be filled
    double seconds =
        Measure.seconds(() -> meters.fill(ArchivedMeters.MONTH, period, next, next + periods));
    next += periods;
    database.database().update("vacuum (analyze) load_profile_entry");
    report.say("Filled with %d rows in %.0f s", periods * order.size(), seconds);
  }

  /** The next period's rows of some of the meters, in an order of its own. */
  private List<Sessions.MeterRow> rows(int count) {
    int number = next++;
    Collections.shuffle(order, random);
    var end = ArchivedMeters.MONTH.plus(period.multipliedBy(number));
    return order.subList(0, count).stream()
        .map(profile -> new Sessions.MeterRow(profile, meters.row(profile, end, number)))
        .toList();
  }

  /** Each way by turns, so that what changes meanwhile meets all; the median of each counts. */
  Times times(int count, int rounds) throws Exception {
    var stored = new ArrayList<Double>();
    var sessions = new ArrayList<Double>();
    var copied = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      stored.add(archiveSeconds(rows(count), Sessions.MeterRow::withCursor));
      copied.add(copySeconds(rows(count)));
      sessions.add(archiveSeconds(rows(count), Sessions.MeterRow::withAttempt));
    }
    return new Times(
        count,
        count / Measure.median(stored),
        count / Measure.median(sessions),
        count / Measure.median(copied));
  }

  private double archiveSeconds(
      List<Sessions.MeterRow> rows, Function<Sessions.MeterRow, Delivery> delivery)
      throws Exception {
    database.checkpoint();
    return Measure.seconds(() -> archive.store(rows, delivery));
  }

  private double copySeconds(List<Sessions.MeterRow> rows) throws Exception {
    byte[] encoded = RawCopy.encode(rows);
    database.checkpoint();
    return Measure.seconds(
        () -> RawCopy.copy(database.database(), new ByteArrayInputStream(encoded)));
  }

  /** Measured apart, since looking costs time too. */
  Map<String, Double> split(int count) throws Exception {
    var times = new StatementTimes();
    var rows = rows(count);
    database.checkpoint();
    database.pool().time(times);
    archive.store(rows, Sessions.MeterRow::withAttempt);
    database.pool().time(null);
    return times.shares();
  }
}
