/** Accounts and tokens in the API and on pages. */
package org.meterledger.web.user;
