package org.meterledger.driver.g13;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of a meter (N51).
 *
 * @param logs by the gateway's name of the log, for example {@code system}; each in the order of
 *     the answer
 */
public record MeterEvents(Map<String, List<Event>> logs) {

  /** In one request. */
  public static final int MOST = 100;

  /**
   * One event.
   *
   * @param code see events.csv of model {@code abb-g13}
   * @param at by the meter's clock
   * @param durationSeconds how long it lasted, 0 while it does
   */
  public record Event(LocalDateTime at, int code, int category, long durationSeconds) {}

  static MeterEvents of(Node answer) {
    var logs = new LinkedHashMap<String, List<Event>>();
    for (String name : answer.keys()) {
      answer
          .find(name)
          .filter(Node::isArray)
          .ifPresent(log -> logs.put(name, log.items().stream().map(MeterEvents::event).toList()));
    }
    if (logs.isEmpty()) {
      throw new BadAnswer("holds no log");
    }
    return new MeterEvents(logs);
  }

  private static Event event(Node node) {
    return new Event(
        node.at("datetime").time(),
        (int) node.at("logid").whole(0, Integer.MAX_VALUE),
        node.at("category").integer(),
        node.at("duration").whole(0, Long.MAX_VALUE));
  }
}
