package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.metering.ProfileRow;
import org.meterledger.server.TestDatabase;

/**
 * Whatever is stored in whatever order, and whoever joins or leaves a group meanwhile: what was
 * counted step by step is what a count from scratch tells.
 */
class CompletenessMixtureTest {

  private static final Duration PERIOD = ArchiveFixture.PERIOD;

  /** Around the end of daylight saving in both Zurich and New York. */
  private static final Instant BEGIN = Instant.parse("2026-10-18T00:00:00Z");

  private static final Instant NOW = Instant.parse("2026-11-04T12:00:00Z");
  private static final List<String> ZONES =
      List.of("Europe/Zurich", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu");
  private static final int STEPS = 120;
  private static final int LONGEST_DELIVERY = 200;

  /** One change in a transaction, so that each is counted among others that are not yet. */
  private final CountFixture count = new CountFixture(Clock.fixed(NOW, ZoneOffset.UTC), 1);

  private final List<Metered> meters = new ArrayList<>();
  private final Map<Integer, Set<Metered>> groups = new TreeMap<>();

  /** A meter with the truth about what of it is archived. */
  private static final class Metered {
    final ArchiveFixture archive = new ArchiveFixture();
    final ZoneId zone;
    final TreeSet<Instant> stored = new TreeSet<>();

    Metered(String zone) {
      this.zone = ZoneId.of(zone);
      archive.database.update("update meter set time_zone = ? where id = ?", zone, archive.meterId);
    }

    /** Some periods in a row, without some of them. */
    void deliver(Random random) {
      int periods = (int) Duration.between(BEGIN, NOW).dividedBy(PERIOD);
      int first = random.nextInt(periods);
      int last = Math.min(periods, first + random.nextInt(LONGEST_DELIVERY));
      var rows = new ArrayList<ProfileRow>();
      for (int i = first; i <= last; i++) {
        if (random.nextInt(20) != 0) {
          var at = BEGIN.plus(PERIOD.multipliedBy(i));
          stored.add(at);
          rows.add(ArchiveFixture.row(at, at.getEpochSecond(), i, i));
        }
      }
      archive.store(rows.toArray(ProfileRow[]::new));
    }

    /** Day to stored and expected. */
    Map<LocalDate, List<Long>> days() {
      var days = new TreeMap<LocalDate, List<Long>>();
      if (!stored.isEmpty()) {
        var last = LocalDate.ofInstant(NOW, ZoneOffset.UTC).plusDays(1);
        for (var day = day(stored.first()); !day.isAfter(last); day = day.plusDays(1)) {
          var begin = day.atStartOfDay(zone).toInstant();
          var end = day.plusDays(1).atStartOfDay(zone).toInstant();
          long there = stored.subSet(begin, false, end, true).size();
          var from = stored.first().minus(PERIOD);
          long expected =
              Duration.between(from.isAfter(begin) ? from : begin, end).dividedBy(PERIOD);
          days.put(day, List.of(there, expected));
        }
      }
      return days;
    }

    private LocalDate day(Instant periodEnd) {
      return LocalDate.ofInstant(periodEnd.minusNanos(1), zone);
    }

    List<String> gaps() {
      var gaps = new ArrayList<String>();
      Instant before = null;
      for (var at : stored) {
        if (before != null && Duration.between(before, at).compareTo(PERIOD) > 0) {
          gaps.add(before + " " + at + " " + (Duration.between(before, at).dividedBy(PERIOD) - 1));
        }
        before = at;
      }
      return gaps;
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void countsAreThoseOfACountFromScratch(long seed) {
    var random = new Random(seed);
    for (int i = 0; i < 8; i++) {
      meters.add(new Metered(ZONES.get(i % ZONES.size())));
    }
    for (int i = 0; i < 3; i++) {
      groups.put(count.group(), new HashSet<>());
    }
    for (int i = 0; i < STEPS; i++) {
      step(random);
    }
    count.all();

    for (var meter : meters) {
      assertThat(counted(meter)).isEqualTo(meter.days());
      assertThat(gaps(meter)).isEqualTo(meter.gaps());
    }
    groups.forEach((group, members) -> assertThat(counted(group)).isEqualTo(sum(members)));
  }

  private void step(Random random) {
    var meter = meters.get(random.nextInt(meters.size()));
    int group = new ArrayList<>(groups.keySet()).get(random.nextInt(groups.size()));
    switch (random.nextInt(6)) {
      case 0:
        TestDatabase.join(group, meter.archive.meterId);
        groups.get(group).add(meter);
        break;
      case 1:
        TestDatabase.leave(group, meter.archive.meterId);
        groups.get(group).remove(meter);
        break;
      case 2:
        count.all();
        break;
      default:
        meter.deliver(random);
        break;
    }
  }

  private static Map<LocalDate, List<Long>> sum(Set<Metered> members) {
    var sum = new TreeMap<LocalDate, List<Long>>();
    for (var member : members) {
      member
          .days()
          .forEach(
              (day, more) ->
                  sum.merge(
                      day, more, (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1))));
    }
    return sum;
  }

  private Map<LocalDate, List<Long>> counted(Metered meter) {
    return counted(
        "select * from completeness_day where profile_id = ?", meter.archive.profile().id());
  }

  private Map<LocalDate, List<Long>> counted(int group) {
    return counted(
        "select * from completeness_group_day where group_id = ? and expected <> 0", group);
  }

  private Map<LocalDate, List<Long>> counted(String sql, int id) {
    var days = new TreeMap<LocalDate, List<Long>>();
    count.database.query(
        sql,
        row ->
            days.put(
                row.getObject("day", LocalDate.class),
                List.of(row.getLong("stored"), row.getLong("expected"))),
        id);
    return days;
  }

  private List<String> gaps(Metered meter) {
    var gaps = new ArrayList<>(new Gaps(count.database).of(meter.archive.meterId, 0, 10_000));
    java.util.Collections.reverse(gaps);
    return gaps.stream()
        .map(gap -> gap.after() + " " + gap.before() + " " + gap.missing())
        .toList();
  }
}
