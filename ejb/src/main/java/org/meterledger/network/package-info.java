/**
 * Networks over which meters are reached, gateways behind which they are, and how many sessions
 * each of them bears; what is asked of a gateway itself: its meters, scans and accounts, and how
 * they compare with the portal. Imports {@code server}, {@code access}, {@code audit}, {@code
 * driver}, {@code meter}, {@code group}, {@code notice} and {@code operation}.
 */
package org.meterledger.network;
