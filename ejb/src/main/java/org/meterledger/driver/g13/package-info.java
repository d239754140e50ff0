/**
 * The driver of the ABB G13 gateway (protocol {@code g13}): JSON over HTTPS, after the maker's user
 * manual 2CMC489001M0201, "manual" in the comments here. N numbers are its sections 6.3.N.
 */
package org.meterledger.driver.g13;
