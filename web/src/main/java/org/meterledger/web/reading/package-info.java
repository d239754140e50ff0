/** What is read when, over all meters: pages and resources. */
package org.meterledger.web.reading;
