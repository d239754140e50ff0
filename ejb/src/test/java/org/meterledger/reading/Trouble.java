package org.meterledger.reading;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * Something that can go wrong with a meter, on the wire or in its life.
 *
 * @param name for reports
 * @param slow whether a session waits seconds for it; such troubles come seldom
 * @param befall has it happen to the meter now; how much of it, the random numbers decide
 */
record Trouble(String name, boolean slow, Consumer<RandomGenerator> befall) {}
