/**
 * The driver of the MeterExtension #1 (protocol {@code meterextension}): JSON commands by POST,
 * after the maker's interface description 1.0 of 2024-08-26, "manual" in the comments here. A box
 * tells what it hears of one or several meters. Nobody imports this.
 */
package org.meterledger.driver.meterextension;
