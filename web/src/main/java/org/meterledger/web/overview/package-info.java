/** The first page: is everything being read? */
package org.meterledger.web.overview;
