/** The whole product on one machine with simulated meters, for {@code mvn -Pdemo verify}. */
package org.meterledger.demo;
