package org.meterledger.operation;

import java.io.Serializable;
import java.time.Instant;

/**
 * Whether operations of a kind wait for a second person.
 *
 * @param setBy name of the account at that time; null where nobody has said anything
 * @param setAt null where nobody has said anything
 */
public record OperationRule(String kind, boolean approval, String setBy, Instant setAt)
    implements Serializable {}
