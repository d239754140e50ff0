package org.meterledger.driver.modbus;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Few reads for many registers. A read never touches a register that the maker does not define, for
 * a device may refuse the whole read then, and never cuts a value in two, whose halves would be of
 * different moments.
 */
public final class ReadPlan {

  private static final Comparator<RegisterRange> BY_ADDRESS =
      Comparator.comparingInt(RegisterRange::address).thenComparingInt(RegisterRange::count);

  private ReadPlan() {}

  /**
   * @param wanted values, each of which is read whole; they may overlap
   * @param defined what a read may touch, in any order, neighbours need not be joined
   * @param most registers in one read
   * @return reads by address, each at most {@code most} long
   * @throws IllegalArgumentException when a value is not defined or is longer than a read
   */
  public static List<RegisterRange> of(
      Collection<RegisterRange> wanted, Collection<RegisterRange> defined, int most) {
    var whole = joined(defined);
    var reads = new ArrayList<RegisterRange>();
    RegisterRange home = null;
    for (var value : sorted(wanted)) {
      if (value.count() > most) {
        throw new IllegalArgumentException(value + " is longer than a read of " + most);
      }
      var last = reads.isEmpty() ? null : reads.get(reads.size() - 1);
      if (last != null && home.contains(value) && span(last, value) <= most) {
        reads.set(reads.size() - 1, new RegisterRange(last.address(), span(last, value)));
      } else {
        home =
            whole.stream()
                .filter(each -> each.contains(value))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalArgumentException(value + " has registers without meaning"));
        reads.add(value);
      }
    }
    return List.copyOf(reads);
  }

  /** How long the read gets when it takes that value too. */
  private static int span(RegisterRange read, RegisterRange value) {
    return Math.max(read.end(), value.end()) - read.address();
  }

  private static Iterable<RegisterRange> sorted(Collection<RegisterRange> ranges) {
    var sorted = new TreeSet<>(BY_ADDRESS);
    sorted.addAll(ranges);
    return sorted;
  }

  private static List<RegisterRange> joined(Collection<RegisterRange> ranges) {
    var joined = new ArrayList<RegisterRange>();
    for (var range : sorted(ranges)) {
      var last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && range.address() <= last.end()) {
        joined.set(joined.size() - 1, new RegisterRange(last.address(), span(last, range)));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }
}
