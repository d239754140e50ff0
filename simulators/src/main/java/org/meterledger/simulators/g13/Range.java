package org.meterledger.simulators.g13;

import java.time.LocalDateTime;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Which stored items a path asks for (N69, N73, N77).
 *
 * @param from first local second, inclusive
 * @param to last local second, inclusive
 * @param count most items, the oldest first
 */
record Range(long from, long to, int count) {
  private static final LocalDateTime FIRST = LocalDateTime.of(1, 1, 1, 0, 0);
  private static final LocalDateTime LAST = LocalDateTime.of(9999, 12, 31, 0, 0);

  /** Adds a resource with all forms of its range. */
  static void addTo(Router router, int number, String path, Router.Resource resource) {
    for (String range : List.of("", "/{from}", "/{from}/{second}", "/{from}/{second}/{to}")) {
      router.add(number, "GET", path + range, Router.Right.VIEW, resource);
    }
  }

  /**
   * Reads {@code [from[/(count|to)]]} or {@code from/count/to}.
   *
   * @param most the highest count that may be asked for
   */
  static Range of(Call call, int most) {
    long from = time(call.argument("from"), FIRST);
    String second = call.argument("second");
    boolean isTo = second != null && call.argument("to") == null && Json.isTime(second);
    long to = time(isTo ? second : call.argument("to"), LAST);
    int count = second == null || isTo ? Integer.MAX_VALUE : call.number("second", 1, most);
    return new Range(from, to, count);
  }

  private static long time(String text, LocalDateTime otherwise) {
    return Timeline.epoch(text == null ? otherwise : Json.time(text));
  }

  /** The items of the range out of a list that is in the order of recording. */
  <T> List<T> of(List<T> items, ToLongFunction<T> local) {
    return items.stream()
        .filter(item -> local.applyAsLong(item) >= from && local.applyAsLong(item) <= to)
        .limit(count)
        .toList();
  }
}
