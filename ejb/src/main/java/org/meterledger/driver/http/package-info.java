/**
 * The HTTP transport that drivers share: bounded in time and size, never throws for what a meter
 * does. Imports nothing but the driver SPI.
 */
package org.meterledger.driver.http;
