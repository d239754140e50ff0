/**
 * The vocabulary of the field: values, units, OBIS codes, rows and events. Imports only {@code
 * java.*}; everything else may import it.
 */
package org.meterledger.metering;
