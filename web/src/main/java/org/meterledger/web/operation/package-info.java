/** What is asked of meters once: pages and resources. */
package org.meterledger.web.operation;
