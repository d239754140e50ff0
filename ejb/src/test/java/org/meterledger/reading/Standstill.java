package org.meterledger.reading;

import java.time.Duration;

/**
 * Notices how long the machine gave this process no time at all, as virtual ones do whose host has
 * more to do: what is bound to happen in time cannot be judged then.
 */
final class Standstill implements AutoCloseable {

  private static final long BEAT_MILLIS = 10;

  private final Thread beat = new Thread(this::watch, "standstill");
  private volatile long longestNanos;

  Standstill() {
    beat.setDaemon(true);
    beat.setPriority(Thread.MAX_PRIORITY);
    beat.start();
  }

  private void watch() {
    try {
      while (true) {
        long before = System.nanoTime();
        Thread.sleep(BEAT_MILLIS);
        longestNanos = Math.max(longestNanos, System.nanoTime() - before);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  Duration longest() {
    return Duration.ofNanos(longestNanos);
  }

  @Override
  public void close() {
    beat.interrupt();
  }
}
