package org.meterledger.web.overview;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.archive.Completeness;
import org.meterledger.meter.MeterFilter;
import org.meterledger.meter.MeterOrder;
import org.meterledger.meter.MeterRow;
import org.meterledger.meter.MeterRow.Condition;
import org.meterledger.meter.Meters;
import org.meterledger.reading.ReadingAttempts;

/** Backs index.xhtml. */
@Named
@RequestScoped
public class OverviewPage {

  private static final int DAYS = 30;
  private static final int TROUBLES = 8;

  @Inject private Meters meters;
  @Inject private Completeness completeness;
  @Inject private ReadingAttempts attempts;
  @Inject private Clock clock;

  private Map<Condition, Long> conditions;
  private List<Completeness.Day> days;
  private Completeness.Day today;
  private List<MeterRow> troubles;
  private ReadingAttempts.Summary lastHour;

  @PostConstruct
  void load() {
    conditions = meters.conditions();
    lastHour = attempts.summary(Duration.ofHours(1));
    var now = clock.instant();
    var day = LocalDate.ofInstant(now, ZoneOffset.UTC);
    days = completeness.days(Completeness.ALL_METERS, day.minusDays(DAYS - 1L), day);
    today = days.get(days.size() - 1);
    troubles = new ArrayList<>(troubled(Condition.FAULT));
    troubles.addAll(troubled(Condition.OVERDUE));
  }

  private List<MeterRow> troubled(Condition condition) {
    return meters.list(
        MeterFilter.of(null, null, condition), MeterOrder.LAST_READING, true, 0, TROUBLES);
  }

  public long getTotal() {
    return conditions.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Meters that are to be read and from which nothing new has come. */
  public long getTroubled() {
    return conditions.get(Condition.FAULT) + conditions.get(Condition.OVERDUE);
  }

  public Map<Condition, Long> getConditions() {
    return conditions;
  }

  /** The last thirty days by UTC, today last. */
  public List<Completeness.Day> getDays() {
    return days;
  }

  public Completeness.Day getToday() {
    return today;
  }

  public long getRows() {
    return days.stream().mapToLong(Completeness.Day::stored).sum();
  }

  public long getExpected() {
    return days.stream().mapToLong(Completeness.Day::expected).sum();
  }

  /** Which of five steps of the heat strip a day has; 0 where nothing was expected. */
  public int step(Completeness.Day day) {
    if (day.expected() == 0) {
      return 0;
    }
    long percent = day.stored() * 100 / day.expected();
    return percent >= 100 ? 5 : percent >= 98 ? 4 : percent >= 90 ? 3 : percent >= 50 ? 2 : 1;
  }

  public List<MeterRow> getTroubles() {
    return troubles;
  }

  public ReadingAttempts.Summary getLastHour() {
    return lastHour;
  }
}
