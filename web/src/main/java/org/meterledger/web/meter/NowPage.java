package org.meterledger.web.meter;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.meterledger.access.Access;
import org.meterledger.archive.PresentRegisters;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.reading.ReadRegisters;
import org.meterledger.web.security.Caller;

/** Backs meter/now.xhtml. */
@Named
@ViewScoped
public class NowPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Before what is merely usual: a person waits for it. */
  private static final int PRIORITY = 7;

  private static final Duration PATIENCE = Duration.ofSeconds(40);

  @Inject private PresentRegisters registers;
  @Inject private Operations operations;
  @Inject private Access access;
  @Inject private OperationList list;
  @Inject private CurrentMeter currentMeter;
  @Inject private Caller caller;
  @Inject private Clock clock;

  private Long asked;
  private String outcome;
  private String detail;
  private transient PresentTable table;

  /** Asks the meter; the page is told when it has answered. */
  public void refresh() {
    outcome = null;
    detail = null;
    var request =
        new OperationRequest(
            ReadRegisters.NAME,
            null,
            List.of(),
            PRIORITY,
            null,
            clock.instant().plus(PATIENCE),
            true,
            true,
            null);
    asked = operations.submit(currentMeter.getSerial(), request, caller.getName(), null).get(0);
  }

  public void look() {
    table = null;
    list.find(access.sight(), asked)
        .filter(operation -> operation.state().ended())
        .ifPresent(
            operation ->
                end(
                    switch (operation.state()) {
                      case SUCCEEDED -> "COMPLETE";
                      case EXPIRED -> "NONE";
                      default -> operation.result() == null ? "FAILED" : "PARTIAL";
                    },
                    operation.detail()));
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

  private void end(String how, String why) {
    asked = null;
    outcome = how;
    detail = why;
    currentMeter.load();
  }

  public boolean isWaiting() {
    return asked != null;
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
