package org.meterledger.reading;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * When a plan asks a meter. Each meter has its own place within the spread, so that a million of
 * them are not asked in the same second.
 */
public final class PlanTiming {

  /** A capture period's row is there a little after its end. */
  private static final long EARLIEST_SECONDS = 5;

  private static final CronParser CRONTAB =
      new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

  /** Wide enough to tell meters apart, and over before the first of them is claimed. */
  private static final long ORDER_MICROS = 1_000;

  private final Long everySeconds;
  private final ExecutionTime cron;
  private final ZoneId zone;
  private final long spreadSeconds;
  private final PeriodGrid grid;

  private PlanTiming(
      Long everySeconds, ExecutionTime cron, ZoneId zone, long spreadSeconds, PeriodGrid grid) {
    this.everySeconds = everySeconds;
    this.cron = cron;
    this.zone = zone;
    this.spreadSeconds = spreadSeconds;
    this.grid = grid;
  }

  static PlanTiming every(Duration every, Duration spread) {
    return new PlanTiming(every.toSeconds(), null, null, spread.toSeconds(), null);
  }

  /**
   * At the end of each period, for all meters at once: what is read there is worse for each second
   * that it comes later. Who comes first changes from end to end, so that it is not always the same
   * meters that wait where many have to share a network.
   */
  static PlanTiming atPeriodEnds(PeriodGrid grid) {
    return new PlanTiming(null, null, null, 0, grid);
  }

  /**
   * @param cron five fields as in crontab(5)
   * @throws IllegalArgumentException when they are not, or name no time that ever comes
   */
  static PlanTiming cron(String cron, ZoneId zone, Duration spread) {
    var times = ExecutionTime.forCron(CRONTAB.parse(cron));
    if (times.nextExecution(Instant.EPOCH.atZone(zone)).isEmpty()) {
      throw new IllegalArgumentException("Never comes: " + cron);
    }
    return new PlanTiming(null, times, zone, spread.toSeconds(), null);
  }

  /** The first time after {@code after} at which this meter is asked. */
  Instant next(int meterId, Instant after) {
    if (grid != null) {
      return nextByGrid(meterId, after);
    }
    if (everySeconds == null) {
      long offset = place(meterId, spreadSeconds);
      return nextByCron(after.minusSeconds(offset)).plusSeconds(offset);
    }
    long offset = Math.min(EARLIEST_SECONDS, everySeconds / 2) + place(meterId, spreadSeconds);
    long slot = Math.floorDiv(after.getEpochSecond() - offset, everySeconds) * everySeconds;
    var next = Instant.ofEpochSecond(slot + offset);
    return next.isAfter(after) ? next : next.plusSeconds(everySeconds);
  }

  /** A time that the clocks leave out in spring is not left out, but comes as much later. */
  private Instant nextByCron(Instant after) {
    var next = cron.nextExecution(after.atZone(zone)).orElseThrow().toInstant();
    var byTheWall =
        cron.nextExecution(after.atZone(zone).toLocalDateTime().atZone(ZoneOffset.UTC))
            .orElseThrow()
            .toLocalDateTime()
            .atZone(zone)
            .toInstant();
    return byTheWall.isAfter(after) && byTheWall.isBefore(next) ? byTheWall : next;
  }

  private Instant nextByGrid(int meterId, Instant after) {
    var end = grid.endAtOrBefore(after);
    var next = inOrder(meterId, end);
    return next.isAfter(after) ? next : inOrder(meterId, end.plus(grid.length()));
  }

  private Instant inOrder(int meterId, Instant end) {
    long turn = end.getEpochSecond() / grid.length().toSeconds();
    return end.plus(place(meterId + turn, ORDER_MICROS), ChronoUnit.MICROS);
  }

  /** The same for a meter each time, evenly spread over the meters (Fibonacci hashing). */
  private static long place(long meterId, long width) {
    return width <= 0 ? 0 : (meterId * 0x9E3779B97F4A7C15L >>> 32) * width >>> 32;
  }
}
