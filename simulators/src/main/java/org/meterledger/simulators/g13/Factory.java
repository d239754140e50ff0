package org.meterledger.simulators.g13;

import static java.util.stream.Collectors.toCollection;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** How a meter is set up when it comes from the factory, as far as its type allows. */
final class Factory {
  private Factory() {}

  /** Day tariff 1 from 6 to 22 h and night tariff 2, all year, source clock. */
  static Tariffs.Programme tariffs() {
    TreeMap<Integer, List<Calendar.Action>> days = new TreeMap<>();
    days.put(1, List.of(new Calendar.Action(1, 6 * 60), new Calendar.Action(2, 22 * 60)));
    days.put(2, List.of(new Calendar.Action(2, 0)));
    Calendar calendar =
        new Calendar(
            days,
            List.of(new Calendar.Week("Week1", List.of(1, 1, 1, 1, 1, 1, 2))),
            List.of(new Calendar.Season(1, 1, "Year", "Week1")),
            new TreeMap<>());
    return new Tariffs.Programme(Tariffs.CLOCK, 1, List.of(1, 2, 3, 4), 0, calendar);
  }

  static PreviousValues.Configuration previousValues(Label label, long now) {
    return new PreviousValues.Configuration(
        new Capture.Period(Capture.Period.Kind.DAILY, 1),
        on(label, 1, 2, 9, 10, 11, 12, 21, 22, 51, 52),
        now);
  }

  static Demand.Configuration demand(Label label, long now) {
    List<Demand.Channel> channels =
        on(label, 1, 21).stream()
            .flatMap(
                quantity ->
                    IntStream.of(5, 6, 7, 1).mapToObj(code -> new Demand.Channel(quantity, code)))
            .collect(toCollection(ArrayList::new));
    return new Demand.Configuration(
        channels, 900, 900, new Capture.Period(Capture.Period.Kind.DAILY, 1), now);
  }

  /** Eight channels; those that the type does not measure hold active import instead. */
  static List<LoadProfile.Channel> loadProfiles(Label label, long now) {
    int[][] wanted = {
      {900, 1, 10_000}, {900, 2, 10_000}, {900, 21, 5000}, {900, 22, 5000},
      {3600, 69, 2500}, {3600, 70, 2500}, {300, 33, 4000}, {86_400, 1, 1000}
    };
    List<LoadProfile.Channel> channels = new ArrayList<>();
    for (int[] channel : wanted) {
      List<Quantity> measured = on(label, channel[1]);
      Quantity quantity = measured.isEmpty() ? Quantity.of(1).orElseThrow() : measured.get(0);
      channels.add(new LoadProfile.Channel(channel[0], quantity, channel[2], now));
    }
    return channels;
  }

  private static List<Quantity> on(Label label, int... ids) {
    return IntStream.of(ids)
        .mapToObj(id -> Quantity.of(id).orElseThrow())
        .filter(quantity -> quantity.isOn(label))
        .toList();
  }
}
