/**
 * Programs that measure what reading, archiving and exporting cost. Each compares in the same run
 * with the least that the work could cost, and prints a line for people and one for scripts.
 */
package org.meterledger.benchmarks;
