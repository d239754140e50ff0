/**
 * What is asked of a meter once: the queue, its rules, its results. The work itself is done in the
 * sessions of {@code reading}. Imports {@code meter}, {@code archive}, {@code driver}, {@code
 * metering}, {@code user}, {@code notice} and {@code server}.
 */
package org.meterledger.operation;
