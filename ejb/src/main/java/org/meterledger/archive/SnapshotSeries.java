package org.meterledger.archive;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.RowStatus;

/**
 * Snapshots of one meter, and what its registers counted in each period. That is known only where
 * the period before was closed too: over a period that is missing, or an end that came twice, the
 * difference is missing, not summed or guessed.
 *
 * @param zone in which the meter's periods end
 */
public record SnapshotSeries(List<ArchivedSnapshot> snapshots, ZoneId zone) {

  private static final int TIME_INTEGRAL = 8;

  /** Value group C of net active energy: 16, of the phases 36, 56 and 76. */
  private static final int NET = 16;

  private static final int PHASE = 20;

  private static final int NO_TIME_OR_NO_VALUE =
      RowStatus.CLOCK_INVALID.bit() | RowStatus.DATA_NOT_VALID.bit();

  public SnapshotSeries {
    snapshots = List.copyOf(snapshots);
  }

  /** Null where it cannot be known, or the register does not count. */
  public Quantity counted(ArchivedSnapshot snapshot, ObisCode register) {
    var before = before(snapshot);
    if (before == null || register.d() != TIME_INTEGRAL) {
      return null;
    }
    var then = value(before, register);
    var now = value(snapshot, register);
    if (then == null || now == null || then.quantity().unit() != now.quantity().unit()) {
      return null;
    }
    var counted = now.quantity().value().subtract(then.quantity().value());
    return counted.signum() < 0 && !net(register)
        ? null // reset or exchanged in between
        : new Quantity(counted, now.quantity().unit());
  }

  private static boolean net(ObisCode register) {
    return register.b() == 0 && register.c() % PHASE == NET;
  }

  /** Null where the snapshot has no value of the register. */
  public static RegisterValue value(ArchivedSnapshot snapshot, ObisCode register) {
    return snapshot.values().stream()
        .filter(each -> each.obis().equals(register))
        .findFirst()
        .orElse(null);
  }

  /** The end of the period before; null where it is missing, or in doubt. */
  private ArchivedSnapshot before(ArchivedSnapshot snapshot) {
    if (snapshot.period() == null || only(day(snapshot)) == null) {
      return null;
    }
    var before = only(day(snapshot).minus(snapshot.period()));
    boolean sure =
        before != null && ((before.flags() | snapshot.flags()) & NO_TIME_OR_NO_VALUE) == 0;
    return sure ? before : null;
  }

  /** By days: a meter without daylight saving closes at another hour in summer. */
  private LocalDate day(ArchivedSnapshot snapshot) {
    return LocalDate.ofInstant(snapshot.closedAt(), zone);
  }

  private ArchivedSnapshot only(LocalDate day) {
    var found = snapshots.stream().filter(each -> day(each).equals(day)).limit(2).toList();
    return found.size() == 1 ? found.get(0) : null;
  }
}
