/** Webhooks and the log of what they were told, for people and programs. */
package org.meterledger.web.webhook;
