package org.meterledger.driver.dmed4;

import java.time.Duration;

/** Lets some time pass between two questions. */
interface Pause {

  void pass(Duration time) throws InterruptedException;

  /** The pauses of the portal. */
  Pause REAL = time -> Thread.sleep(time.toMillis());

  /** False when the thread is to stop; it stays interrupted. */
  default boolean passed(Duration time) {
    try {
      pass(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
