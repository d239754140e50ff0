package org.meterledger.charging;

import java.time.Instant;

/**
 * A public key that somebody registered for a meter.
 *
 * @param id rising with each that is registered
 * @param validFrom of the records made then or later; {@link Instant#EPOCH} for all
 * @param withdrawnBy null while it counts
 * @param withdrawnAt null while it counts
 */
public record RegisteredKey(
    int id,
    ChargingPublicKey key,
    Instant validFrom,
    String registeredBy,
    Instant registeredAt,
    String withdrawnBy,
    Instant withdrawnAt) {

  public boolean withdrawn() {
    return withdrawnAt != null;
  }
}
