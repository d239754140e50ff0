package org.meterledger.user;

import java.io.Serializable;
import java.time.Instant;

/**
 * A person or program that may come in.
 *
 * @param id never used again
 * @param name as it was written, unique without regard to case
 * @param language IETF tag; null for what the browser asks
 * @param theme null for what the system is set to
 * @param enabled a disabled account is kept for the trail, but neither signs in nor holds tokens
 * @param version grows with each change
 */
public record Account(
    int id,
    String name,
    String language,
    Theme theme,
    boolean enabled,
    int version,
    Instant createdAt,
    Instant passwordChangedAt)
    implements Serializable {}
