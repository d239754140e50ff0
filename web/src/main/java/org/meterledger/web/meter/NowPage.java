package org.meterledger.web.meter;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.meterledger.archive.PresentRegisters;
import org.meterledger.reading.ReadingAttempts;
import org.meterledger.reading.ReadingTasks;
import org.meterledger.reading.TaskKind;

/** Backs meter/now.xhtml. */
@Named
@ViewScoped
public class NowPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final int RECENT = 10;

  @Inject private PresentRegisters registers;
  @Inject private ReadingTasks tasks;
  @Inject private ReadingAttempts attempts;
  @Inject private CurrentMeter currentMeter;
  @Inject private Clock clock;

  private Instant askedAt;
  private String outcome;
  private String detail;
  private transient PresentTable table;

  /** Asks the meter; the page then looks every second whether it has answered. */
  public void refresh() {
    askedAt = clock.instant();
    outcome = null;
    detail = null;
    tasks.readNow(currentMeter.getId(), TaskKind.REGISTERS);
  }

  public void look() {
    table = null;
    attempt()
        .ifPresentOrElse(
            attempt -> end(attempt.result(), attempt.detail()),
            () -> {
              if (clock.instant().isAfter(askedAt.plus(PATIENCE))) {
                end("NONE", null);
              }
            });
  }

  /** Something was read, perhaps this meter. */
  public void renew() {
    if (isWaiting()) {
      look();
    } else {
      table = null;
      currentMeter.load();
    }
  }

  private Optional<ReadingAttempts.ReadingAttempt> attempt() {
    return attempts.of(currentMeter.getId(), 0, RECENT).stream()
        .filter(attempt -> attempt.kind() == TaskKind.REGISTERS)
        .filter(attempt -> attempt.endedAt().isAfter(askedAt))
        .findFirst();
  }

  private void end(String how, String why) {
    askedAt = null;
    outcome = how;
    detail = why;
    currentMeter.load();
  }

  public boolean isWaiting() {
    return askedAt != null;
  }

  /** COMPLETE, PARTIAL, FAILED, or NONE when nothing came in time; null before asking. */
  public String getOutcome() {
    return outcome;
  }

  /** What went wrong, as a sentence. */
  public String getDetail() {
    return detail;
  }

  public PresentTable getTable() {
    if (table == null) {
      table = new PresentTable(registers.of(currentMeter.getId()));
    }
    return table;
  }
}
