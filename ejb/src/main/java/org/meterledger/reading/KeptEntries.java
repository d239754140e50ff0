package org.meterledger.reading;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.meterledger.driver.Block;
import org.meterledger.driver.Capability;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/** What a device keeps and is about to forget: archives it first, and looks what is left. */
final class KeptEntries {

  /**
   * How entries of one kind are read.
   *
   * @param needs without it nothing is read, and so nothing may be erased
   * @param oldest entry that a device holds of a buffer
   */
  private record Reader(
      TaskKind kind,
      Class<? extends Capability> needs,
      Function<MeterSession, Set<ObisCode>> buffers,
      BiFunction<MeterSession, ObisCode, ReadResult<Optional<Instant>>> oldest) {}

  /** What is not here cannot be archived, and so is not erased. */
  private static final Map<Kept, Reader> READERS =
      Map.of(
          Kept.LOAD_PROFILES,
          new Reader(
              TaskKind.LOAD_PROFILE,
              LoadProfileSource.class,
              session -> profiles(session).loadProfiles(),
              KeptEntries::oldestRow),
          Kept.LOGBOOK,
          new Reader(
              TaskKind.LOGBOOK,
              EventLogSource.class,
              session -> logs(session).logbooks(),
              KeptEntries::oldestLine));

  private final OpenMeter meter;
  private final ReadingContext context;

  KeptEntries(OpenMeter meter, ReadingContext context) {
    this.meter = meter;
    this.context = context;
  }

  /** All that is new goes to the archive; false, with the fault told, where some of it does not. */
  boolean archive(Kept what, Progress progress) throws InterruptedException {
    var reader = READERS.get(what);
    if (reader == null || meter.session().as(reader.needs()).isEmpty()) {
      progress.fail(
          new Fault(
              Fault.Kind.UNSUPPORTED,
              "Nothing reads %s of this device, so they are not erased".formatted(what)));
      return false;
    }
    new MeterReading(meter, context).read(reader.kind(), progress);
    return progress.fault() == null && OpenMeter.await(meter.submit(), progress);
  }

  /**
   * The oldest entry that is archived and still held.
   *
   * @return null where there is none; with a fault in the progress it is not known
   */
  Instant leftOf(Kept what, Progress progress) {
    var reader = READERS.get(what);
    for (ObisCode buffer : reader.buffers().apply(meter.session())) {
      var archived = context.cursors().of(meter.id(), buffer).at();
      var oldest = progress.value(reader.oldest().apply(meter.session(), buffer));
      if (progress.fault() != null) {
        return null;
      }
      if (archived != null && oldest.isPresent() && !oldest.get().isAfter(archived)) {
        return oldest.get();
      }
    }
    return null;
  }

  private static LoadProfileSource profiles(MeterSession session) {
    return session.as(LoadProfileSource.class).orElseThrow();
  }

  private static EventLogSource logs(MeterSession session) {
    return session.as(EventLogSource.class).orElseThrow();
  }

  private static ReadResult<Optional<Instant>> oldestRow(MeterSession session, ObisCode profile) {
    return first(
        profiles(session).readLoadProfile(profile, Cursor.START),
        content -> content.rows().stream().map(ProfileRow::periodEnd));
  }

  private static ReadResult<Optional<Instant>> oldestLine(MeterSession session, ObisCode log) {
    return first(
        logs(session).readLogbook(log, Cursor.START), lines -> lines.stream().map(LoggedEvent::at));
  }

  private static <T> ReadResult<Optional<Instant>> first(
      ReadResult<Block<T>> block, Function<T, Stream<Instant>> times) {
    return block.fold(
        complete -> ReadResult.complete(times.apply(complete.value().content()).findFirst()),
        partial -> new ReadResult.Failed<>(partial.fault()),
        failed -> new ReadResult.Failed<>(failed.fault()));
  }
}
