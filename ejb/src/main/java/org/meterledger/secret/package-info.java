/**
 * Which secrets are stored under which master key, and how they come under another. Imports {@code
 * audit}, {@code meter} and {@code server}.
 */
package org.meterledger.secret;
