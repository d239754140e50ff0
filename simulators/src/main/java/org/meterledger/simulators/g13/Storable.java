package org.meterledger.simulators.g13;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Which quantities each of a meter's lists can hold (N29). */
final class Storable {
  /** Ends with 171 to 174 (p. 99); the begin is not visible: registers that count up. */
  static final List<Integer> PREVIOUS_VALUES =
      ids(1, 44, 51, 54, 85, 92, 113, 113, 122, 122, 171, 174);

  static final List<Integer> LOAD_PROFILES =
      ids(1, 8, 21, 28, 33, 40, 51, 54, 113, 113, 122, 122, 69, 82, 179, 188);
  static final List<Integer> DEMAND = ids(51, 54, 59, 70, 72, 73, 75, 76, 78, 81, 93, 104);

  /** Begins with 59 to 82 and 93 to 100 (p. 99); the end is not visible. */
  static final List<Integer> ALARMS = ids(59, 82, 93, 104);

  private Storable() {}

  static Answer answer() {
    return Answer.json("pv", PREVIOUS_VALUES, "lp", LOAD_PROFILES, "dm", DEMAND, "ac", ALARMS);
  }

  /**
   * A quantity that a meter measures and a list can hold.
   *
   * @throws Refused when there is none with this number
   */
  static Quantity quantity(int id, Predicate<Integer> list, Label label) {
    return Optional.of(id)
        .filter(list)
        .flatMap(Quantity::of)
        .filter(quantity -> quantity.kind() != Quantity.Kind.OBJECT)
        .filter(quantity -> quantity.isOn(label))
        .orElseThrow(Refused::invalid);
  }

  private static List<Integer> ids(int... fromsAndTos) {
    return IntStream.range(0, fromsAndTos.length / 2)
        .flatMap(pair -> IntStream.rangeClosed(fromsAndTos[2 * pair], fromsAndTos[2 * pair + 1]))
        .boxed()
        .toList();
  }
}
