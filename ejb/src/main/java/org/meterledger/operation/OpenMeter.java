package org.meterledger.operation;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Delivery;
import org.meterledger.archive.Stored;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterSession;

/**
 * A meter with its session open, and the delivery that is being filled. Whoever has one is the only
 * one who speaks with the meter. Not thread-safe.
 */
public final class OpenMeter {

  private final int id;
  private final String modelId;
  private final MeterSession session;
  private final ArchiveWriter writer;
  private final Clock clock;
  private final Duration lease;
  private Delivery delivery;
  private Duration clockDrift;

  public OpenMeter(
      int id,
      String modelId,
      MeterSession session,
      ArchiveWriter writer,
      Clock clock,
      Duration lease) {
    this.id = id;
    this.modelId = modelId;
    this.session = session;
    this.writer = writer;
    this.clock = clock;
    this.lease = lease;
    this.delivery = new Delivery(id, clock.instant());
  }

  public int id() {
    return id;
  }

  public String modelId() {
    return modelId;
  }

  public MeterSession session() {
    return session;
  }

  /** What goes to the archive next. */
  public Delivery delivery() {
    return delivery;
  }

  /** Meter time minus ours; null while the meter has told no time in this session. */
  public Duration clockDrift() {
    return clockDrift;
  }

  /** The meter has told its time just now; null is no news. */
  public void told(java.time.Instant meterTime) {
    if (meterTime != null) {
      clockDrift = Duration.between(clock.instant(), meterTime);
    }
  }

  /** Hands the delivery over and begins another, while the lease is prolonged. */
  public Future<Stored> submit() throws InterruptedException {
    var stored = writer.submit(delivery.lease(clock.instant().plus(lease)));
    delivery = new Delivery(id, clock.instant());
    return stored;
  }

  /** Waits until a delivery is stored; false, with the fault told, when it cannot be. */
  public static boolean await(Future<Stored> stored, Progress progress)
      throws InterruptedException {
    try {
      var result = stored.get();
      if (progress.stored() != null) {
        progress.stored(result);
      }
      return true;
    } catch (ExecutionException e) {
      progress.fail(new Fault(Fault.Kind.BUSY, "Archive did not take a block: " + e.getCause()));
      return false;
    }
  }
}
