/**
 * Accounts, their passwords and tokens, and the sessions of browsers. What is secret is kept only
 * as a hash, or encrypted where it must be read again. May import {@code access}, {@code audit},
 * {@code server}, and {@code MeterSecrets}.
 */
package org.meterledger.user;
