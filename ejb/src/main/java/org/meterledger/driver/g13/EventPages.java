package org.meterledger.driver.g13;

import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.meterledger.driver.ReadResult;

/** Answers about events hold all logs of a meter, so one that has come serves the next log too. */
final class EventPages {

  private final Map<LocalDateTime, MeterEvents> known = new HashMap<>();

  /** Those until a time, so many at most. */
  BiFunction<LocalDateTime, Integer, ReadResult<MeterEvents>> of(G13Meter meter) {
    return (until, most) -> {
      if (known.containsKey(until)) {
        return ReadResult.complete(known.get(until));
      }
      var result = meter.events(until, most);
      if (result instanceof ReadResult.Complete<MeterEvents> complete) {
        known.put(until, complete.value());
      }
      return result;
    };
  }
}
