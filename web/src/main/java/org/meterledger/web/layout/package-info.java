/** What all pages share: language, colours, who is there, how numbers and times are written. */
package org.meterledger.web.layout;
