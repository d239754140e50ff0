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
import org.meterledger.access.Access;
import org.meterledger.archive.Completeness;
import org.meterledger.group.MeterGroups;
import org.meterledger.meter.MeterFilter;
import org.meterledger.meter.MeterOrder;
import org.meterledger.meter.MeterRow;
import org.meterledger.meter.MeterRow.Condition;
import org.meterledger.meter.Meters;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationState;
import org.meterledger.reading.ReadingAttempts;
import org.meterledger.web.api.Days;

/** Backs index.xhtml. */
@Named
@RequestScoped
public class OverviewPage {

  private static final int TROUBLES = 8;
  private static final int MOST_INCOMPLETE = 20;

  @Inject private Meters meters;
  @Inject private MeterGroups meterGroups;
  @Inject private Completeness completeness;
  @Inject private ReadingAttempts attempts;
  @Inject private Access access;
  @Inject private OperationList operations;
  @Inject private Clock clock;

  private Integer group;
  private LocalDate day;
  private Map<Condition, Long> conditions;
  private List<MeterGroups.Choice> groups;
  private List<Completeness.Day> days;
  private List<MeterRow> troubles;
  private ReadingAttempts.Summary lastHour;
  private long liveOperations;
  private Map<OperationState, Long> unsuccessful;

  @PostConstruct
  void load() {
    conditions = meters.conditions();
    lastHour = attempts.summary(Duration.ofHours(1));
    liveOperations =
        operations.live(access.sight()).values().stream().mapToLong(Long::longValue).sum();
    unsuccessful =
        operations.unsuccessful(access.sight(), clock.instant().minus(Duration.ofDays(1)));
    unsuccessful.values().removeIf(count -> count == 0);
    groups = meterGroups.choices();
    group = groups.isEmpty() ? null : groups.get(0).id();
    troubles = new ArrayList<>(troubled(Condition.RESTING));
    troubles.addAll(troubled(Condition.FAULT));
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
    return conditions.get(Condition.RESTING)
        + conditions.get(Condition.FAULT)
        + conditions.get(Condition.OVERDUE);
  }

  public Map<Condition, Long> getConditions() {
    return conditions;
  }

  public List<MeterGroups.Choice> getGroups() {
    return groups;
  }

  /** The last thirty days of the group, today by UTC last. */
  public List<Completeness.Day> getDays() {
    if (days == null) {
      var shown = Days.of(null, null, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
      days = completeness.days(group, shown.first(), shown.last());
    }
    return days;
  }

  public Completeness.Day getToday() {
    return getDays().get(getDays().size() - 1);
  }

  public long getStored() {
    return getDays().stream().mapToLong(Completeness.Day::stored).sum();
  }

  public long getExpected() {
    return getDays().stream().mapToLong(Completeness.Day::expected).sum();
  }

  /** The meters of the group that lack most of the chosen day. */
  public List<Completeness.MeterDay> getIncomplete() {
    return completeness.incomplete(group, day, 0, MOST_INCOMPLETE);
  }

  /** Null where the caller sees no group as a whole. */
  public Integer getGroup() {
    return group;
  }

  /** In place of a group that there is not, the first one is shown. */
  public void setGroup(Integer id) {
    if (groups.stream().anyMatch(each -> Integer.valueOf(each.id()).equals(id))) {
      group = id;
    }
  }

  /** Whether all meters may be seen, and so what is counted over them. */
  public boolean isWhole() {
    return access.sight().everything();
  }

  /** The day that was chosen in the strip; null for none. */
  public LocalDate getDay() {
    return day;
  }

  public void setDay(LocalDate day) {
    this.day = day;
  }

  public List<MeterRow> getTroubles() {
    return troubles;
  }

  /** Operations that have not ended. */
  public long getLiveOperations() {
    return liveOperations;
  }

  /** Operations of the last day that failed or expired; states without are left out. */
  public Map<OperationState, Long> getUnsuccessful() {
    return unsuccessful;
  }

  public ReadingAttempts.Summary getLastHour() {
    return lastHour;
  }
}
