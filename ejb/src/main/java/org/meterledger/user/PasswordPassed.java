package org.meterledger.user;

import java.io.Serializable;
import java.time.Instant;

/**
 * Somebody gave the right password and still owes a code. It opens nothing by itself.
 *
 * @param passwordChangedAt of the account at that time: another password starts anew; null for who
 *     came by the identity provider and has none
 * @param until when the code must have come
 */
public record PasswordPassed(int accountId, String name, Instant passwordChangedAt, Instant until)
    implements Serializable {}
