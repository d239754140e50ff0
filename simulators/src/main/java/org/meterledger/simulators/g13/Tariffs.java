package org.meterledger.simulators.g13;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Which tariff a meter counts in, and what each tariff's registers have counted. */
final class Tariffs {
  static final int CLOCK = 0;
  static final int COMMUNICATION = 1;
  static final int INPUT = 2;
  static final int COUNT = 4;

  private static final long DAY = 86_400;
  private static final Component[] COUNTED = {
    Component.ACTIVE_IMPORT,
    Component.ACTIVE_EXPORT,
    Component.REACTIVE_IMPORT,
    Component.REACTIVE_EXPORT
  };

  /**
   * What decides the tariff.
   *
   * @param source {@link #CLOCK}, {@link #COMMUNICATION} or {@link #INPUT}
   * @param chosen 1 to 4, by communication
   * @param inputs tariff for inputs 4 and 3 OFF OFF, OFF ON, ON OFF, ON ON
   * @param inputState 0 to 3, place in {@code inputs}
   */
  record Programme(
      int source, int chosen, List<Integer> inputs, int inputState, Calendar calendar) {
    Programme withSource(int number) {
      return new Programme(number, chosen, inputs, inputState, calendar);
    }

    Programme withChosen(int tariff) {
      return new Programme(source, tariff, inputs, inputState, calendar);
    }

    Programme withInputs(List<Integer> tariffs) {
      return new Programme(source, chosen, tariffs, inputState, calendar);
    }

    Programme withInputState(int state) {
      return new Programme(source, chosen, inputs, state, calendar);
    }

    Programme withCalendar(Calendar changed) {
      return new Programme(source, chosen, inputs, inputState, changed);
    }
  }

  private record Switch(int second, int tariff) {}

  private final Timeline timeline;
  private final History<Programme> programmes;

  /** States of all registers at midnights and changes that were walked over. */
  private final TreeMap<Long, long[]> walked = new TreeMap<>();

  Tariffs(Timeline timeline, long start, Programme first) {
    this.timeline = timeline;
    this.programmes = new History<>(start, first);
    walked.put(start, new long[COUNTED.length * COUNT]);
  }

  Programme programme() {
    return programmes.now();
  }

  void change(long now, Programme programme) {
    walked.put(now, walk(now));
    programmes.set(now, programme);
  }

  /** The tariff at a second, 1 to 4. */
  int active(long second) {
    Programme programme = programmes.at(second).value();
    long local = timeline.localSecond(second);
    int tariff = 1;
    for (Switch point : switches(programme, LocalDate.ofEpochDay(Math.floorDiv(local, DAY)))) {
      if (point.second() <= Math.floorMod(local, DAY)) {
        tariff = point.tariff();
      }
    }
    return tariff;
  }

  /**
   * What a tariff's register had counted at a second, in W s.
   *
   * @param tariff 1 to 4
   */
  long counted(long second, Component component, int tariff) {
    return walk(second)[place(component, tariff)];
  }

  private static int place(Component component, int tariff) {
    return List.of(COUNTED).indexOf(component) * COUNT + tariff - 1;
  }

  private long[] walk(long to) {
    var from = walked.floorEntry(to);
    if (from == null) {
      return new long[COUNTED.length * COUNT];
    }
    long at = from.getKey();
    long[] state = from.getValue().clone();
    long[] before = timeline.counted(at);
    while (at < to) {
      long next = Math.min(to, endOfEvenPiece(at));
      int tariff = active(at);
      long[] after = timeline.counted(next);
      for (Component component : COUNTED) {
        state[place(component, tariff)] += total(after, component) - total(before, component);
      }
      before = after;
      boolean midnight = Math.floorMod(timeline.localSecond(next), DAY) == 0;
      at = next;
      if (midnight) {
        walked.put(at, state.clone());
      }
    }
    return state;
  }

  /** When at the latest the tariff may change after a second. */
  private long endOfEvenPiece(long at) {
    long end = Long.MAX_VALUE;
    for (History.Entry<Programme> entry : programmes.entries()) {
      end = entry.since() > at ? Math.min(end, entry.since()) : end;
    }
    for (Span span : timeline.spans()) {
      end = span.from() > at ? Math.min(end, span.from()) : end;
    }
    long local = timeline.localSecond(at);
    long midnight = Math.floorDiv(local, DAY) * DAY;
    end = Math.min(end, at + midnight + DAY - local);
    Programme programme = programmes.at(at).value();
    for (Switch point : switches(programme, LocalDate.ofEpochDay(midnight / DAY))) {
      long second = at + midnight + point.second() - local;
      end = second > at ? Math.min(end, second) : end;
    }
    return end;
  }

  private static long total(long[] counted, Component component) {
    long total = 0;
    for (int line = 0; line < Component.LINES; line++) {
      total += counted[component.place(line)];
    }
    return total;
  }

  private static List<Switch> switches(Programme programme, LocalDate date) {
    return switch (programme.source()) {
      case COMMUNICATION -> List.of(new Switch(0, programme.chosen()));
      case INPUT -> List.of(new Switch(0, programme.inputs().get(programme.inputState())));
      default -> byClock(programme.calendar().actions(date));
    };
  }

  /** Before its first switch point a day has the tariff of its last: profiles go round. */
  private static List<Switch> byClock(List<Calendar.Action> actions) {
    List<Switch> switches = new ArrayList<>();
    for (Calendar.Action action : actions) {
      if (action.code() <= COUNT) {
        switches.add(new Switch(action.minute() * 60, action.code()));
      }
    }
    int before = switches.isEmpty() ? 1 : switches.get(switches.size() - 1).tariff();
    switches.add(0, new Switch(0, before));
    return switches;
  }
}
