/** One meter: what it measures, how it was used, what happened, how it is read and set. */
package org.meterledger.web.meter;
