/**
 * Networks over which meters are reached, gateways behind which they are, and how many sessions
 * each of them bears. Imports {@code server} and {@code user}.
 */
package org.meterledger.network;
