package org.meterledger.web.meter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.meterledger.archive.Completeness;
import org.meterledger.archive.Gaps;
import org.meterledger.web.api.Days;
import org.meterledger.web.layout.LazyRows;

/** What of a meter is archived, and what lacks; on meter/load-profile.xhtml. */
@Named
@RequestScoped
public class MeterCompletenessPage {

  @Inject private Completeness completeness;
  @Inject private Gaps gaps;
  @Inject private CurrentMeter currentMeter;
  @Inject private Clock clock;

  private List<Completeness.Day> days;
  private Gaps.Counts counts;
  private final LazyRows<Gaps.Gap> rows = new LazyRows<>(this::fetch, this::count);

  private List<Gaps.Gap> fetch(int first, int max, String sort, boolean ascending) {
    return gaps.of(currentMeter.getId(), first, max);
  }

  private long count() {
    return getCounts().open() + getCounts().permanent();
  }

  /** The last thirty days by the meter's time zone, today last. */
  public List<Completeness.Day> getDays() {
    if (days == null) {
      var zone = currentMeter.getZone();
      var shown = Days.of(null, null, LocalDate.ofInstant(clock.instant(), zone));
      days = completeness.daysOfMeter(currentMeter.getId(), zone, shown.first(), shown.last());
    }
    return days;
  }

  public Gaps.Counts getCounts() {
    if (counts == null) {
      counts = gaps.counts(currentMeter.getId());
    }
    return counts;
  }

  public LazyRows<Gaps.Gap> getRows() {
    return rows;
  }
}
