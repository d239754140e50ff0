package org.meterledger.operation;

import jakarta.json.JsonObject;
import java.time.Instant;

/**
 * An operation that this node has claimed.
 *
 * @param bundleId null where it stands alone
 * @param step place in its bundle, from 0
 * @param parameters without what is secret, see {@link OperationQueue#parameters}
 * @param attempts that went before
 */
public record QueuedOperation(
    long id,
    int meterId,
    Long bundleId,
    int step,
    String kind,
    JsonObject parameters,
    Instant expiresAt,
    boolean bypassRetry,
    boolean stopOnFailure,
    String correlationId,
    int attempts) {}
