package org.meterledger.reading;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A simulated meter together with all that can happen to meters of its family: what a family has to
 * bring for a {@link FaultMixture}. Rows are told as by {@link ReadingFixture#archived(int)}.
 */
interface TroubledMeter {

  /** All that can happen to it. */
  List<Trouble> troubles();

  /** Time has passed: ends what was to last until now. */
  void live(Instant now);

  /** All that it holds has just been read. */
  void wasRead();

  /** Ends all that does not end by itself. */
  void relieve();

  /** Every row of its load profile since the first period, oldest first, lost ones too. */
  List<String> truth();

  /** How many rows {@link #truth()} has. */
  int recorded();

  /** Place in {@link #truth()} of the oldest row that it holds. */
  int firstHeld();

  /** Rows as they were before the meter changed them, by their place in {@link #truth()}. */
  Map<Integer, List<String>> former();
}
