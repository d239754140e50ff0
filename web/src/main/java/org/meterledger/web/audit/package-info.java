/** The audit trail, for people and programs. */
package org.meterledger.web.audit;
