/**
 * Accounts, their passwords and tokens, and the sessions of browsers. What is secret is kept only
 * as a hash. May import {@code server}, no other feature.
 */
package org.meterledger.user;
