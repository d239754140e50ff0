package org.meterledger.archive;

import java.time.Duration;
import java.util.List;

/**
 * A transaction of the archive has committed; fired on the writer's thread.
 *
 * @param meters whose deliveries it held
 * @param attempts that ended with it
 * @param rows what became of the rows of all of them
 * @param took from its first statement to its commit, with what was waited for the database
 */
public record Archived(int meters, List<Delivery.Attempt> attempts, Stored rows, Duration took) {

  static Archived of(List<Delivery> deliveries, List<Stored> stored, Duration took) {
    return new Archived(
        deliveries.size(),
        deliveries.stream().flatMap(each -> each.attempts().stream()).toList(),
        stored.stream().reduce(Stored.NOTHING, Stored::plus),
        took);
  }
}
