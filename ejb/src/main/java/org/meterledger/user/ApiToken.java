package org.meterledger.user;

import java.time.Instant;

/**
 * A token by which a program uses the API as an account; the token itself is shown once, at its
 * making.
 *
 * @param account the name of the account it stands for
 * @param scope which part of what the account may do it opens
 * @param lastUsedAt to the minute; null while never used
 * @param revokedAt null while it holds
 */
public record ApiToken(
    int id,
    String account,
    String label,
    TokenScope scope,
    Instant createdAt,
    Instant expiresAt,
    Instant lastUsedAt,
    Instant revokedAt) {}
