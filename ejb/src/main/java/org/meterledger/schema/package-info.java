/** Brings the database to the schema that this version of the program expects. */
package org.meterledger.schema;
