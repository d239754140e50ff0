/**
 * Health checks as MicroProfile wants them. The server looks for them in the libraries of an EAR
 * only, not in its modules; so these ask what the modules have left with {@link
 * org.meterledger.health.Reports}.
 */
package org.meterledger.health;
