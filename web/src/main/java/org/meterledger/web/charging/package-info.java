/** Signed records of charging: exports, keys, and the page of a meter. */
package org.meterledger.web.charging;
