package org.meterledger.operation;

import org.meterledger.archive.Stored;
import org.meterledger.driver.Fault;
import org.meterledger.driver.ReadResult;

/** What one piece of work with a meter has brought so far. Not thread-safe. */
public final class Progress {

  private int received;
  private int refused;
  private Stored stored;
  private Fault fault;
  private boolean partial;
  private boolean answered;

  /** What can be kept of a result, or null; its fault is remembered. */
  public <T> T value(ReadResult<T> result) {
    return result.fold(
        complete -> {
          answered = true;
          return complete.value();
        },
        some -> {
          answered = true;
          partial = true;
          fault = some.fault();
          return some.value();
        },
        failed -> {
          fault = failed.fault();
          return null;
        });
  }

  /** Rows, lines or registers came, of which some were not taken. */
  public void received(int more, int ofThemRefused) {
    received += more;
    refused += ofThemRefused;
  }

  /** This work brings rows of load profiles; what became of some is known. */
  public void stored(Stored more) {
    stored = stored == null ? more : stored.plus(more);
  }

  /** It went wrong, whatever came before. */
  public void fail(Fault why) {
    fault = why;
    partial = false;
  }

  public int received() {
    return received;
  }

  public int refused() {
    return refused;
  }

  /** Null where no rows of load profiles belong to the work. */
  public Stored stored() {
    return stored;
  }

  /** Null while all went well. */
  public Fault fault() {
    return fault;
  }

  /** Whether there is a fault; what a meter does not have keeps nothing else from being read. */
  public boolean stopped() {
    return fault != null && fault.kind() != Fault.Kind.UNSUPPORTED;
  }

  /** Whether the meter gave any answer. */
  public boolean answered() {
    return answered;
  }

  /** Whether there is a fault, and yet something to keep. */
  public boolean kept() {
    return received > 0 || partial;
  }
}
