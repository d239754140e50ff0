/**
 * Which meters belong together: the location tree, and groups whose members follow from rules. Who
 * needs to know when the members change observes {@link org.meterledger.group.MembersChanged}.
 * Imports {@code meter}, {@code driver.model}, {@code server} and {@code user}.
 */
package org.meterledger.group;
