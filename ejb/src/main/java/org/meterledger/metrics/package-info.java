/**
 * What a node tells about itself: numbers and the state of its parts, on the management port.
 * Imports {@code archive}, {@code reading}, {@code schema} and {@code server}.
 */
package org.meterledger.metrics;
