/**
 * What is asked of a meter once: the queue, its rules, who approves what, the results. The work
 * itself is done in the sessions of {@code reading}. Imports {@code meter}, {@code archive}, {@code
 * driver}, {@code metering}, {@code user}, {@code access}, {@code audit}, {@code notice} and {@code
 * server}.
 */
package org.meterledger.operation;
