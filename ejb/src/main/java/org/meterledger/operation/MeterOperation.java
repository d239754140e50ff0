package org.meterledger.operation;

import java.io.Serializable;
import java.time.Instant;

/**
 * An operation as it stands.
 *
 * @param timeZone of the meter's place
 * @param groupId of the request to many meters that it belongs to; null without
 * @param bundleId of its bundle; null where it stands alone
 * @param approval whether a second person agreed; null where none is needed
 * @param parameters JSON object
 * @param dueAt when it is tried next, while it is not ended
 * @param attempts so far, the one under way included
 * @param node that claimed it last; null before
 * @param result JSON object as the kind tells it; null while there is none
 * @param fault kind of the last fault; null without
 * @param detail the fault as a sentence; null without
 */
public record MeterOperation(
    long id,
    String serialNumber,
    String timeZone,
    Long groupId,
    Long bundleId,
    Approval approval,
    int step,
    String kind,
    String parameters,
    int priority,
    Instant notBefore,
    Instant expiresAt,
    Instant dueAt,
    boolean bypassRetry,
    boolean stopOnFailure,
    String correlationId,
    String requestedBy,
    Instant requestedAt,
    OperationState state,
    int attempts,
    String node,
    Instant startedAt,
    Instant endedAt,
    String result,
    String fault,
    String detail)
    implements Serializable {}
