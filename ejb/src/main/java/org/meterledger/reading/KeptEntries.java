package org.meterledger.reading;

import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meterledger.driver.BillingSource;
import org.meterledger.driver.Block;
import org.meterledger.driver.Capability;
import org.meterledger.driver.DemandSource;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.Interval;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/** What a device keeps and is about to forget: archives it first, and looks what is left. */
final class KeptEntries {

  /**
   * How entries of one kind are read.
   *
   * @param needs without it nothing is read, and so nothing may be erased
   */
  private record Reader(Class<? extends Capability> needs, All all, Held held) {}

  /** Reads all that the archive may lack. */
  private interface All {
    void read(MeterReading reading, KeptEntries of, Progress progress) throws InterruptedException;
  }

  /** Finds the oldest entry that is archived and still held; null where there is none. */
  private interface Held {
    Instant oldest(KeptEntries of, Progress progress);
  }

  private static final Map<Kept, Reader> READERS =
      Map.of(
          Kept.LOAD_PROFILES,
          new Reader(
              LoadProfileSource.class,
              (reading, of, progress) -> reading.read(TaskKind.LOAD_PROFILE, progress),
              (of, progress) ->
                  of.left(of.profiles().loadProfiles(), of::oldestRow, of::anew, progress)),
          Kept.LOGBOOK,
          new Reader(
              EventLogSource.class,
              (reading, of, progress) -> reading.read(TaskKind.LOGBOOK, progress),
              (of, progress) ->
                  of.left(of.logs().logbooks(), of::oldestLine, erased -> {}, progress)),
          Kept.PREVIOUS_VALUES,
          snapshots(BillingSource.class, SnapshotKind.PREVIOUS_VALUES),
          Kept.DEMAND,
          snapshots(DemandSource.class, SnapshotKind.DEMAND));

  private final OpenMeter meter;
  private final ReadingContext context;

  KeptEntries(OpenMeter meter, ReadingContext context) {
    this.meter = meter;
    this.context = context;
  }

  /**
   * All of them, not only those that are later than the newest one archived: what a clock closed
   * after it was set back is earlier.
   */
  private static Reader snapshots(Class<? extends Capability> needs, SnapshotKind kind) {
    return new Reader(
        needs,
        (reading, of, progress) ->
            new SnapshotReading(kind, of.meter, of.context).read(Integer.MAX_VALUE, progress),
        (of, progress) -> of.left(kind, progress));
  }

  /** All that is new goes to the archive; false, with the fault told, where some of it does not. */
  boolean archive(Kept what, Progress progress) throws InterruptedException {
    var reader = READERS.get(what);
    if (meter.session().as(reader.needs()).isEmpty()) {
      progress.fail(
          new Fault(
              Fault.Kind.UNSUPPORTED,
              "Nothing reads %s of this device, so they are not erased".formatted(what)));
      return false;
    }
    var reading = new MeterReading(meter, context);
    reader.all().read(reading, this, progress);
    return progress.fault() == null
        && OpenMeter.await(meter.submit(), progress)
        && (what != Kept.LOAD_PROFILES || gaps(reading, progress));
  }

  /** Those that a regular reading leaves for later are asked for now or never. */
  private boolean gaps(MeterReading reading, Progress progress) throws InterruptedException {
    for (var gap : context.gaps().open(meter.id())) {
      var asked = new Progress();
      reading.rows(profiles(), gap.profile(), new Interval(gap.after(), gap.before()), asked);
      progress.received(asked.received(), asked.refused());
      if (asked.fault() != null) {
        progress.fail(asked.fault());
        return false;
      }
    }
    return OpenMeter.await(meter.submit(), progress);
  }

  /**
   * The oldest entry that is archived and still held. A load profile of which nothing is left is
   * read from its beginning next: that the row that was read last is gone is nothing to report.
   *
   * @return null where there is none; with a fault in the progress it is not known
   */
  Instant leftOf(Kept what, Progress progress) {
    return READERS.get(what).held().oldest(this, progress);
  }

  private Instant left(
      Set<ObisCode> buffers,
      Function<ObisCode, ReadResult<Optional<Instant>>> oldest,
      Consumer<ObisCode> erased,
      Progress progress) {
    Instant left = null;
    for (ObisCode buffer : buffers) {
      var archived = context.cursors().of(meter.id(), buffer).at();
      var held = progress.value(oldest.apply(buffer));
      if (progress.fault() != null) {
        return null;
      }
      if (archived != null && held.isPresent() && !held.get().isAfter(archived)) {
        left = left == null || held.get().isBefore(left) ? held.get() : left;
      } else if (archived != null) {
        erased.accept(buffer);
      }
    }
    return left;
  }

  private void anew(ObisCode profile) {
    meter.delivery().progress(profile, context.cursors().of(meter.id(), profile).restarted());
  }

  private Instant left(SnapshotKind kind, Progress progress) {
    var archived = context.snapshots().newest(meter.id(), kind, context.clock().instant());
    var held = new SnapshotReading(kind, meter, context).held(progress);
    return held.stream()
        .map(BillingSnapshot::closedAt)
        .filter(closed -> archived.isPresent() && !closed.isAfter(archived.get()))
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private LoadProfileSource profiles() {
    return meter.session().as(LoadProfileSource.class).orElseThrow();
  }

  private EventLogSource logs() {
    return meter.session().as(EventLogSource.class).orElseThrow();
  }

  private ReadResult<Optional<Instant>> oldestRow(ObisCode profile) {
    return first(
        profiles().readLoadProfile(profile, Cursor.START),
        content -> content.rows().stream().map(ProfileRow::periodEnd));
  }

  private ReadResult<Optional<Instant>> oldestLine(ObisCode log) {
    return first(
        logs().readLogbook(log, Cursor.START), lines -> lines.stream().map(LoggedEvent::at));
  }

  private static <T> ReadResult<Optional<Instant>> first(
      ReadResult<Block<T>> block, Function<T, Stream<Instant>> times) {
    return block.fold(
        complete -> ReadResult.complete(times.apply(complete.value().content()).findFirst()),
        partial -> new ReadResult.Failed<>(partial.fault()),
        failed -> new ReadResult.Failed<>(failed.fault()));
  }
}
