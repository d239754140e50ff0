package org.meterledger.reading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.meterledger.archive.Stored;
import org.meterledger.driver.BillingSource;
import org.meterledger.driver.Capability;
import org.meterledger.driver.DemandSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/** Reads what a meter keeps of the ends of its periods. */
record SnapshotReading(SnapshotKind kind, OpenMeter meter, ReadingContext context) {

  /** What is read, once the capability is there. */
  interface Source {
    ReadResult<List<BillingSnapshot>> read(Instant from, int periods);
  }

  static Class<? extends Capability> needs(SnapshotKind kind) {
    return kind == SnapshotKind.DEMAND ? DemandSource.class : BillingSource.class;
  }

  private Optional<Source> source(MeterSession session) {
    return kind == SnapshotKind.DEMAND
        ? session.as(DemandSource.class).map(source -> source::readDemand)
        : session.as(BillingSource.class).map(source -> source::readBilling);
  }

  /**
   * What the archive lacks, and the newest that it has: a meter that has changed that one says so.
   */
  void readNew(Progress progress) {
    progress.stored(Stored.nothing(kind));
    source(meter.session())
        .ifPresent(
            source -> {
              var newest = context.snapshots().newest(meter.id(), kind, context.clock().instant());
              archive(source.read(newest.orElse(Instant.EPOCH), Integer.MAX_VALUE), progress);
            });
  }

  /** The newest, whether they are archived already or not. */
  List<BillingSnapshot> read(int periods, Progress progress) {
    progress.stored(Stored.nothing(kind));
    return archive(source(meter.session()).orElseThrow().read(Instant.EPOCH, periods), progress);
  }

  /** What the meter keeps now, without archiving it. */
  List<BillingSnapshot> held(Progress progress) {
    var told =
        progress.value(
            source(meter.session()).orElseThrow().read(Instant.EPOCH, Integer.MAX_VALUE));
    return told == null ? List.of() : told;
  }

  private List<BillingSnapshot> archive(
      ReadResult<List<BillingSnapshot>> result, Progress progress) {
    var told = progress.value(result);
    if (told == null) {
      return List.of();
    }
    progress.received(told.size(), 0);
    meter.delivery().snapshots(kind, told);
    return told;
  }
}
