/** Device models as data: the folders of {@code device-models/}. */
package org.meterledger.driver.model;
