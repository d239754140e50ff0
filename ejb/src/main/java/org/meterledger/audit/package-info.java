/** Who did what: a trail that only grows, sealed in a chain of hashes. */
package org.meterledger.audit;
