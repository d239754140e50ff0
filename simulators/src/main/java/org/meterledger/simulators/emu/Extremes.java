package org.meterledger.simulators.emu;

import org.meterledger.simulators.Mains;

/** Lowest and highest state since the first period with the meter's time of each (manual p. 8). */
final class Extremes {
  private final long[] low = new long[Mains.SIZE];
  private final long[] high = new long[Mains.SIZE];
  private final long[] lowAt = new long[Mains.SIZE];
  private final long[] highAt = new long[Mains.SIZE];
  private boolean empty = true;

  void take(long[] state, long meterSecond) {
    for (int place = 0; place < Mains.SIZE; place++) {
      if (empty || state[place] < low[place]) {
        low[place] = state[place];
        lowAt[place] = meterSecond;
      }
      if (empty || state[place] > high[place]) {
        high[place] = state[place];
        highAt[place] = meterSecond;
      }
    }
    empty = false;
  }

  long value(boolean highest, int place) {
    return highest ? high[place] : low[place];
  }

  long second(boolean highest, int place) {
    return highest ? highAt[place] : lowAt[place];
  }
}
