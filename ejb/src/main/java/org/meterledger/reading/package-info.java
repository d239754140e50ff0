/**
 * Reading: what is due, who reads it, what came of it. Imports {@code meter}, {@code archive},
 * {@code driver}, {@code metering}, {@code notice} and {@code server}.
 */
package org.meterledger.reading;
