/** The location tree and the groups of meters, for people and programs. */
package org.meterledger.web.group;
