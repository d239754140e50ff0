package org.meterledger.web.meter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.util.List;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.reading.ReadingAttempts;
import org.meterledger.reading.ReadingAttempts.ReadingAttempt;
import org.meterledger.reading.ReadingTasks;
import org.meterledger.reading.ReadingTasks.ReadingTask;
import org.meterledger.web.layout.LazyRows;

/** Backs meter/readings.xhtml. */
@Named
@RequestScoped
public class ReadingsPage {

  @Inject private ReadingTasks tasks;
  @Inject private ReadingAttempts attempts;
  @Inject private CurrentMeter currentMeter;
  @Inject private Access access;
  @Inject private Clock clock;

  private final LazyRows<ReadingAttempt> rows = new LazyRows<>(this::fetch, this::count);

  private List<ReadingAttempt> fetch(int first, int max, String sort, boolean ascending) {
    return attempts.of(currentMeter.getId(), first, max);
  }

  private long count() {
    return attempts.count(currentMeter.getId());
  }

  public LazyRows<ReadingAttempt> getRows() {
    return rows;
  }

  public List<ReadingTask> getTasks() {
    return tasks.of(currentMeter.getId());
  }

  public boolean late(ReadingTask task) {
    return task.lateAt().isBefore(clock.instant());
  }

  public void readNow(int planId) {
    access.require(Permission.OPERATE, currentMeter.getId(), currentMeter.getSerial());
    tasks.readNow(currentMeter.getId(), planId);
  }
}
