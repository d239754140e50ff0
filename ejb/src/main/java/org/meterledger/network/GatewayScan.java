package org.meterledger.network;

import java.time.Instant;
import java.util.List;
import org.meterledger.driver.MeterScan;

/**
 * The last scan of a gateway, as far as it has come.
 *
 * @param number by which the gateway tells apart what its scans found
 * @param toldAt when the gateway last told how far it is
 * @param found what is on its list, of earlier scans too
 */
public record GatewayScan(
    long number, Instant startedAt, Instant toldAt, State state, List<MeterScan.Found> found) {

  /** How it stands. */
  public enum State {
    RUNNING,
    COMPLETE,
    /** The gateway did not tell its end; it may go on there. */
    BROKEN_OFF
  }

  public GatewayScan {
    found = List.copyOf(found);
  }

  /** The same without an end, unless it has one. */
  GatewayScan brokenOff() {
    return state == State.COMPLETE
        ? this
        : new GatewayScan(number, startedAt, toldAt, State.BROKEN_OFF, found);
  }

  /** How many this scan itself found. */
  public long ofThisScan() {
    return found.stream().filter(each -> each.scan() == number).count();
  }
}
