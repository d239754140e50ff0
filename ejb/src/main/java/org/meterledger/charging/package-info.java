/**
 * Signed charging records in the Open Charge Metering Format (OCMF): the text as it was signed,
 * what it says, whether its signature is the meter's, and the charging sessions that the records of
 * a meter make. What a record says is never written back: the text is kept as it came.
 */
package org.meterledger.charging;
