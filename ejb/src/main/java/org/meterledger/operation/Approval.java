package org.meterledger.operation;

import java.io.Serializable;
import java.time.Instant;

/**
 * What a second person said to a request, or will say.
 *
 * @param id of the operation, of the first of its bundle, or of the request to many meters
 * @param approved null while nobody has decided
 * @param decidedBy name of the account at that time; null while nobody has decided
 * @param decidedAt null while nobody has decided
 * @param reason why it was rejected; null where it was not
 */
public record Approval(
    long id, Boolean approved, String decidedBy, Instant decidedAt, String reason)
    implements Serializable {}
