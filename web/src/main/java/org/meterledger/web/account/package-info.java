/** What people do with their own account. */
package org.meterledger.web.account;
