package org.meterledger.simulators.g13;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What one load-profile channel holds at one instant: nothing is stored, each item is computed from
 * its number.
 */
final class LoadProfile {

  /**
   * How a channel is set up (N74).
   *
   * @param interval in s
   * @param capacity most items
   * @param since true second from which on items were captured
   */
  record Channel(int interval, Quantity quantity, int capacity, long since) {
    boolean isSetUpAs(Channel other) {
      return interval == other.interval
          && quantity.equals(other.quantity)
          && capacity == other.capacity;
    }
  }

  /**
   * Items of one span, evenly spaced.
   *
   * @param first local second of the first
   * @param status of the first
   * @param begin true second when the first one's interval began
   * @param seen items up to this local second exist already
   */
  private record Run(Span span, long first, int count, int status, long begin, long seen) {}

  private final Channel channel;
  private final Registers registers;
  private final Faulty faulty;
  private final List<Run> runs = new ArrayList<>();
  private int size;
  private int lost;

  /** Tells of true seconds whether the meter measured wrongly. */
  interface Faulty {
    boolean at(long second);
  }

  LoadProfile(Channel channel, List<Span> spans, Registers registers, Faulty faulty, long now) {
    this.channel = channel;
    this.registers = registers;
    this.faulty = faulty;
    long begin = channel.since();
    long seen = Long.MIN_VALUE;
    int status = 0;
    for (Span span : spans) {
      long from = Math.max(span.from(), channel.since());
      long to = span.shownUntil(now);
      if (from >= to) {
        continue;
      }
      if (span.from() > channel.since()) {
        status |= statusOf(span.cause());
        begin = span.cause() == Span.Cause.POWER_RETURNED ? span.from() : begin;
      }
      // An interval that has just begun has no end yet, and one that a jump made empty has none.
      long least = span.local(Math.max(from, begin + 1));
      long first = Math.floorDiv(least + channel.interval() - 1, channel.interval());
      first *= channel.interval();
      int count =
          (int) Math.max(0, Math.floorDiv(span.local(to) - 1 - first, channel.interval()) + 1);
      if (count > 0) {
        int all = status | lengthStatus(first - span.offset() - begin, span.cause());
        runs.add(new Run(span, first, count, all, begin, seen));
        begin = first - span.offset() + (count - 1L) * channel.interval();
        status = 0;
        size += count;
        seen = Math.max(seen, first + (count - 1L) * channel.interval());
      }
    }
    lost = Math.max(0, size - channel.capacity());
  }

  private static int statusOf(Span.Cause cause) {
    return switch (cause) {
      case CLOCK_SET -> LoadProfileItem.TIME_CHANGED;
      case POWER_RETURNED -> LoadProfileItem.RESTARTED;
      default -> 0;
    };
  }

  private int lengthStatus(long length, Span.Cause cause) {
    if (length == channel.interval() || cause == Span.Cause.DAYLIGHT_SAVING) {
      return 0;
    }
    return length < channel.interval() ? LoadProfileItem.TOO_SHORT : LoadProfileItem.TOO_LONG;
  }

  /** How many items the meter holds. */
  int size() {
    return size - lost;
  }

  /** How many of the oldest items had to make room. */
  int lost() {
    return lost;
  }

  /** An item, 0 is the oldest that the meter holds; negative numbers are those that are lost. */
  LoadProfileItem item(int number) {
    int place = number + lost;
    int run = 0;
    while (place >= runs.get(run).count()) {
      place -= runs.get(run++).count();
    }
    return item(runs.get(run), place);
  }

  private LoadProfileItem item(Run run, int place) {
    long local = run.first() + (long) place * channel.interval();
    long second = local - run.span().offset();
    long begin = place == 0 ? run.begin() : second - channel.interval();
    int status =
        (place == 0 ? run.status() : 0)
            | (local <= run.seen() ? LoadProfileItem.ALREADY_EXISTS : 0)
            | (faulty.at(second) ? LoadProfileItem.BAD_VALUE : 0);
    Quantity quantity = channel.quantity();
    BigDecimal value =
        quantity.counts()
            ? registers.value(quantity, second)
            : registers.mean(quantity, begin, second);
    return new LoadProfileItem(Timeline.local(local), status, value);
  }

  /**
   * Numbers of items whose timestamps lie between two local seconds, both inclusive, oldest first.
   *
   * @param most how many at most
   */
  List<Integer> between(long from, long to, int most) {
    List<Integer> numbers = new ArrayList<>();
    int before = -lost;
    for (Run run : runs) {
      long low = Math.max(0, Math.floorDiv(from - run.first() - 1, channel.interval()) + 1);
      long high = Math.min(run.count() - 1L, Math.floorDiv(to - run.first(), channel.interval()));
      for (long place = Math.max(low, -before); place <= high && numbers.size() < most; place++) {
        numbers.add((int) (before + place));
      }
      before += run.count();
    }
    return numbers;
  }
}
