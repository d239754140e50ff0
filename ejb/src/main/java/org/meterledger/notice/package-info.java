/**
 * Tells all nodes that something has changed, by the database's own notifications. A notice names
 * what changed and carries no data: who hears it looks for itself. Imports {@code server} only.
 */
package org.meterledger.notice;
