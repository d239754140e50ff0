package org.meterledger.simulators.g13;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** A meter's clock and power: its life as spans, oldest first, and what its registers counted. */
final class Timeline {
  private static final long YEAR_2000 = epoch(LocalDateTime.of(2000, 1, 1, 0, 0));

  private final Energies energies;
  private final List<Span> spans = new ArrayList<>();
  private DaylightSaving saving;
  private boolean set = true;
  private int powerFailures;
  private long outageSeconds;

  /**
   * @param start true second when the meter was commissioned
   * @param standardOffset of its clock in s, without daylight saving
   */
  Timeline(Energies energies, long start, long standardOffset, DaylightSaving saving) {
    this.energies = energies;
    this.saving = saving;
    boolean summer = saving != null && saving.on(start + standardOffset);
    long offset = standardOffset + (summer ? DaylightSaving.SHIFT : 0);
    spans.add(
        new Span(
            start,
            Long.MAX_VALUE,
            false,
            offset,
            summer,
            Span.Cause.COMMISSIONED,
            new long[Component.PLACES]));
  }

  static long epoch(LocalDateTime local) {
    return local.toEpochSecond(ZoneOffset.UTC);
  }

  static LocalDateTime local(long localSecond) {
    return LocalDateTime.ofEpochSecond(localSecond, 0, ZoneOffset.UTC);
  }

  /** Lives on until a true second: daylight saving may begin and end. */
  void advance(long now) {
    for (long next = nextChange(); next <= now; next = nextChange()) {
      Span last = last();
      boolean summer = !last.summer();
      long offset = last.offset() + (summer ? DaylightSaving.SHIFT : -DaylightSaving.SHIFT);
      begin(next, next, offset, summer, Span.Cause.DAYLIGHT_SAVING);
    }
  }

  private long nextChange() {
    if (saving == null) {
      return Long.MAX_VALUE;
    }
    Span last = last();
    long standard = last.offset() - (last.summer() ? DaylightSaving.SHIFT : 0);
    return saving.nextChange(last.from() + standard) - standard;
  }

  /** Sets the clock to a local second. */
  void setClock(long now, long localSecond) {
    set = true;
    shiftTo(now, localSecond);
  }

  /** The clock starts anew at 2000-01-01 and no longer counts as set. */
  void loseTime(long now) {
    shiftTo(now, YEAR_2000);
    set = false;
  }

  private void shiftTo(long now, long localSecond) {
    if (localSecond == localSecond(now)) {
      return;
    }
    begin(now, now, localSecond - now, summerAt(localSecond), Span.Cause.CLOCK_SET);
  }

  /**
   * Sets the daylight-saving rule, null for none. The clock goes on showing the same time, as it is
   * set together with the rule.
   */
  void setSaving(long now, DaylightSaving rule) {
    saving = rule;
    Span last = last();
    boolean summer = summerAt(last.local(now));
    if (summer != last.summer()) {
      begin(now, now, last.offset(), summer, Span.Cause.DAYLIGHT_SAVING);
    }
  }

  private boolean summerAt(long localSecond) {
    return saving != null && saving.on(localSecond - DaylightSaving.SHIFT);
  }

  /** The meter is without power from a second on. */
  void powerFailure(long now, long seconds) {
    Span last = last();
    powerFailures++;
    outageSeconds += seconds;
    // The clock has its own battery, so it knows of a change that it did not show.
    long standard = last.offset() - (last.summer() ? DaylightSaving.SHIFT : 0);
    boolean summer = saving != null && saving.on(now + seconds + standard);
    long offset = standard + (summer ? DaylightSaving.SHIFT : 0);
    begin(now, now + seconds, offset, summer, Span.Cause.POWER_RETURNED);
  }

  private void begin(long end, long start, long offset, boolean summer, Span.Cause cause) {
    Span last = last();
    spans.set(spans.size() - 1, last.until(end, cause));
    long[] lost = last.lost().clone();
    if (start > end) {
      long[] before = energies.at(end);
      long[] after = energies.at(start);
      for (int place = 0; place < lost.length; place++) {
        lost[place] += after[place] - before[place];
      }
    }
    spans.add(new Span(start, Long.MAX_VALUE, false, offset, summer, cause, lost));
  }

  boolean off(long now) {
    return now < last().from();
  }

  boolean set() {
    return set;
  }

  /** The rule, or null when daylight saving is disabled. */
  DaylightSaving saving() {
    return saving;
  }

  boolean summer() {
    return last().summer();
  }

  int powerFailures() {
    return powerFailures;
  }

  long outageSeconds() {
    return outageSeconds;
  }

  long localSecond(long now) {
    return at(now).local(now);
  }

  /** The meter's time, as its clock shows it. */
  LocalDateTime localTime(long now) {
    return local(localSecond(now));
  }

  List<Span> spans() {
    return List.copyOf(spans);
  }

  /** The span of a second, or the last one before it. */
  Span at(long second) {
    for (int number = spans.size() - 1; number > 0; number--) {
      if (spans.get(number).from() <= second) {
        return spans.get(number);
      }
    }
    return spans.get(0);
  }

  /** What one register had counted at a second, in W s; see {@link Component}. */
  long counted(long second, int place) {
    Span span = at(second);
    return energies.at(Math.min(second, span.to()), place) - span.lost()[place];
  }

  /** What all registers had counted at a second. */
  long[] counted(long second) {
    Span span = at(second);
    long[] counted = energies.at(Math.min(second, span.to()));
    for (int place = 0; place < counted.length; place++) {
      counted[place] -= span.lost()[place];
    }
    return counted;
  }

  private Span last() {
    return spans.get(spans.size() - 1);
  }
}
