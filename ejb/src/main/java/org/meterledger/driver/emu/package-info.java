/**
 * The driver of the EMU Professional II TCP/IP (protocol {@code emu}): JSON and CSV over HTTP,
 * after the maker's document 1475 version 2.3, "manual" in the comments here. Nobody imports this.
 */
package org.meterledger.driver.emu;
