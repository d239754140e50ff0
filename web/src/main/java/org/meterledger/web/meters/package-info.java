/** The list of meters; adding, changing and removing one. */
package org.meterledger.web.meters;
