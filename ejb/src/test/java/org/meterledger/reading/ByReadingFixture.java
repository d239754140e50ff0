package org.meterledger.reading;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.meterledger.archive.CompletenessCount;
import org.meterledger.archive.Gaps;
import org.meterledger.archive.LoadProfiles;
import org.meterledger.archive.Partitions;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.archive.RowsQuery;
import org.meterledger.archive.Values;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RowStatus;
import org.meterledger.server.Database;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.LoadProfileRow;

/** A meter whose load profile the portal makes by reading, by a clock that is set. */
final class ByReadingFixture implements AutoCloseable {

  static final ObisCode T1 = ObisCode.of("1-0:1.8.1*255");

  private static final int REGISTERS = 4;
  private static final AtomicInteger SERIAL = new AtomicInteger(22_470_000);

  final Instant start;
  final Duration period;
  final ReadingFixture reading;
  final RegistersOnly driver;
  final LoadProfiles profiles;
  private final Database database;

  /**
   * @param start first period end that is read
   */
  ByReadingFixture(Instant start, Duration period, int tolerance) {
    this.start = start;
    this.period = period;
    var serial = String.valueOf(SERIAL.incrementAndGet());
    reading =
        new ReadingFixture(
            start,
            List.of(EmuMeter.Settings.builder(serial, start.minus(Duration.ofDays(1))).build()),
            8,
            RegistersOnly.models(
                List.of(RegistersOnly.period((int) period.toSeconds(), tolerance))),
            RegistersOnly.MODEL);
    database = reading.database;
    driver = new RegistersOnly(reading.clock);
    reading.drivers.add(driver);
    profiles = new LoadProfiles(database, new ProfileCatalog(database));
  }

  /** The end of so many periods after the first that is read. */
  Instant end(int periods) {
    return start.plus(period.multipliedBy(periods));
  }

  /** Lets the clock come to so long after an end, and what is due be read. */
  void readAt(int periods, Duration later) throws InterruptedException {
    reading.clock.set(end(periods).plus(later));
    reading.readDue();
  }

  /** All ends from one to another, so soon that no register has counted on. */
  void readAll(int first, int last) throws InterruptedException {
    for (int i = first; i <= last; i++) {
      readAt(i, Duration.ofMillis(5));
    }
  }

  private ProfileCatalog.Profile profile() {
    return profiles.find(reading.meterId(0), ProfileCatalog.byReading(period)).orElseThrow();
  }

  /** Period end, readings of the registers and delay in milliseconds, as archived. */
  List<String> archived() {
    return database.query(
        "select period_end, values::text from load_profile_entry where profile_id = ?"
            + " order by period_end, occurrence",
        row -> Database.instant(row, "period_end") + " " + row.getString("values"),
        profile().id());
  }

  /** What the meter recorded itself at these ends, told like {@link #archived()}. */
  List<String> truth(long delayMillis, int... ends) {
    var recorded =
        reading.meter(0).truth().stream()
            .collect(Collectors.toMap(LoadProfileRow::periodEnd, row -> row, (a, b) -> b));
    var told = new ArrayList<String>();
    for (int i : ends) {
      var values = new ArrayList<>(recorded.get(end(i)).values().subList(0, REGISTERS));
      told.add(
          end(i)
              + " {"
              + values.stream().map(String::valueOf).collect(Collectors.joining(","))
              + ","
              + delayMillis
              + "}");
    }
    return told;
  }

  /** By period end: what register T1 counted, null where that is not known, and the flags. */
  List<String> told(Values values) throws IOException {
    var query =
        new RowsQuery(
            profile(),
            List.of(profile().channel(T1)),
            new Interval(start.minusSeconds(1), start.plus(Duration.ofDays(2))),
            values);
    var told = new ArrayList<String>();
    try (var rows = profiles.rows(query)) {
      while (rows.next()) {
        told.add(
            (rows.missing(0) ? "null" : rows.value(0))
                + RowStatus.of(rows.flags()).stream()
                    .map(flag -> " " + flag)
                    .collect(Collectors.joining()));
      }
    }
    var series = profiles.series(query, 10_000).points();
    var again =
        series.stream()
            .map(
                point ->
                    (point.values().get(0).max() == null
                            ? "null"
                            : point.values().get(0).max().stripTrailingZeros().toPlainString())
                        + RowStatus.of(point.flags()).stream()
                            .map(flag -> " " + flag)
                            .collect(Collectors.joining()))
            .toList();
    if (!again.equals(told)) {
      throw new AssertionError("Chart says " + again + ", export says " + told);
    }
    return told;
  }

  void count() {
    var count =
        new CompletenessCount(
            database, new Partitions(database, Partitions.Width.MONTH), reading.clock);
    while (count.tick()) {
      continue;
    }
  }

  /** Missing intervals of each gap and why they will not come, newest first. */
  List<String> gaps() {
    return new Gaps(database)
        .of(reading.meterId(0), 0, 100).stream()
            .map(gap -> gap.missing() + " " + gap.permanent())
            .toList();
  }

  /** Expected and stored intervals of a local day. */
  String completeness(String day) {
    return database
        .first(
            "select expected, stored from completeness_day where profile_id = ? and day = ?::date",
            row -> row.getInt("expected") + " " + row.getInt("stored"),
            profile().id(),
            day)
        .orElse("none");
  }

  /** How often a row was told otherwise later. */
  int superseded() {
    return reading.count(
        "select count(*)::int from load_profile_superseded where profile_id = ?", profile().id());
  }

  @Override
  public void close() {
    reading.close();
  }
}
