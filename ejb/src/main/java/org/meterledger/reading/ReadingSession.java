package org.meterledger.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.meterledger.archive.Delivery;
import org.meterledger.archive.Delivery.Attempt;
import org.meterledger.archive.Delivery.Attempt.Result;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.archive.Stored;
import org.meterledger.driver.Block;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Finding;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterReading;

/**
 * One session with one meter: serves its due tasks and hands what they bring to the archive. Long
 * buffers are archived block by block; the last delivery carries the attempts and gives the lease
 * back, and nobody waits for it, so that the next meter can be read meanwhile.
 */
final class ReadingSession {

  /** Settings that change by themselves. */
  private static final List<String> VOLATILE_SETTINGS = List.of("meterdatetime");

  /** Fewer rows than this do not prove that a known capture period has changed. */
  private static final int ROWS_THAT_PROVE_A_PERIOD = 8;

  /** Stands where else the kind of a meter's fault stands. */
  private static final String INTERNAL = "INTERNAL";

  private final DueMeter meter;
  private final MeterSession session;
  private final ReadingContext context;
  private final Clock clock;
  private final List<Attempt> attempts = new ArrayList<>();
  private Delivery delivery;
  private boolean answered;
  private Fault lastFault;
  private Duration clockDrift;
  private String firmware;

  ReadingSession(DueMeter meter, MeterSession session, ReadingContext context) {
    this.meter = meter;
    this.session = session;
    this.context = context;
    this.clock = context.clock();
    this.delivery = new Delivery(meter.id(), clock.instant());
  }

  /** What a task brought so far. */
  private static final class Progress {
    int received;
    int refused;
    Stored stored;
    Fault fault;
    boolean partial;
  }

  void run() throws InterruptedException {
    var refusal = identify();
    for (var task : meter.tasks()) {
      var startedAt = clock.instant();
      var progress = new Progress();
      if (refusal != null) {
        progress.fault = refusal;
      } else {
        serve(task, progress);
      }
      attempts.add(attempt(task, startedAt, progress));
    }
    attempts.forEach(delivery::attempt);
    delivery.contact(
        new Delivery.Contact(
            clock.instant(),
            answered,
            lastFault == null ? null : lastFault.kind().name(),
            lastFault == null ? null : lastFault.detail(),
            clockDrift,
            firmware));
    context.writer().submit(delivery);
  }

  /**
   * A bug ended the session: what it had not handed over is dropped, for it cannot be trusted; the
   * attempts tell of it, and the meter is read again at its regular time.
   */
  static Delivery brokenOff(DueMeter meter, RuntimeException bug, Instant now) {
    var fault = new Fault(Fault.Kind.UNSUPPORTED, "Reading broke off: " + bug);
    var left = new Delivery(meter.id(), now);
    for (var task : meter.tasks()) {
      left.attempt(
          new Attempt(
              task.kind().name(),
              now,
              now,
              Result.FAILED,
              INTERNAL,
              fault.detail(),
              0,
              null,
              0,
              NextDue.at(meter.id(), task, fault, now)));
    }
    return left.contact(new Delivery.Contact(now, false, INTERNAL, fault.detail(), null, null));
  }

  /** Nothing is stored of a meter that is not the one we think we call: the fault, or null. */
  private Fault identify() {
    return session
        .identify()
        .fold(
            complete -> checkSerial(complete.value()),
            partial -> partial.fault(),
            failed -> failed.fault());
  }

  private Fault checkSerial(MeterSession.Identification found) {
    answered = true;
    if (!found.serialNumber().equals(meter.serialNumber())) {
      return new Fault(
          Fault.Kind.INVALID_DATA,
          "At %s answers meter %s, not %s"
              .formatted(meter.address(), found.serialNumber(), meter.serialNumber()));
    }
    firmware = found.firmware();
    if (found.meterTime() != null) {
      clockDrift = Duration.between(clock.instant(), found.meterTime());
    }
    return null;
  }

  private void serve(DueMeter.DueTask task, Progress progress) throws InterruptedException {
    switch (task.kind()) {
      case SETTINGS:
        session.as(SettingsSource.class).ifPresent(s -> settings(s.readSettings(), progress));
        break;
      case REGISTERS:
        session.as(RegisterSource.class).ifPresent(s -> registers(s, progress));
        break;
      case LOAD_PROFILE:
        progress.stored = Stored.NOTHING;
        var profiles = session.as(LoadProfileSource.class);
        if (profiles.isPresent()) {
          for (var profile : profiles.get().loadProfiles()) {
            blocks(profile, c -> profiles.get().readLoadProfile(profile, c), this::take, progress);
          }
        }
        break;
      default:
        var logbooks = session.as(EventLogSource.class);
        if (logbooks.isPresent()) {
          for (var logbook : logbooks.get().logbooks()) {
            blocks(logbook, c -> logbooks.get().readLogbook(logbook, c), this::take, progress);
          }
        }
    }
    if (progress.fault != null && progress.fault.kind() != Fault.Kind.UNSUPPORTED) {
      lastFault = progress.fault;
    }
  }

  private void settings(ReadResult<Map<String, String>> result, Progress progress) {
    var told = value(result, progress);
    if (told == null) {
      return;
    }
    progress.received = told.size();
    delivery.settings(told);
    context
        .settings()
        .of(meter.id())
        .ifPresent(before -> delivery.findings(changes(before.values(), told)));
  }

  private static List<Finding> changes(Map<String, String> before, Map<String, String> after) {
    return after.entrySet().stream()
        .filter(setting -> !VOLATILE_SETTINGS.contains(setting.getKey()))
        .filter(setting -> !Objects.equals(before.get(setting.getKey()), setting.getValue()))
        .map(
            setting ->
                new Finding(
                    Finding.Kind.SETTING_CHANGED,
                    Map.of(
                        "setting", setting.getKey(),
                        "before", before.getOrDefault(setting.getKey(), ""),
                        "after", setting.getValue())))
        .toList();
  }

  private void registers(RegisterSource source, Progress progress) {
    RegisterReading reading = value(source.readRegisters(), progress);
    if (reading == null) {
      return;
    }
    progress.received = reading.values().size();
    delivery.registers(reading.values());
    var now = clock.instant();
    if (reading.meterTime() != null) {
      clockDrift = Duration.between(now, reading.meterTime());
    }
    new PresentValues(context.catalog()).archive(meter.id(), source, reading, now, delivery);
  }

  /** Asks for blocks from where the archive ends until there are no more. */
  private interface BlockSource<T> {
    ReadResult<Block<T>> read(Cursor cursor);
  }

  private interface BlockTaker<T> {
    int take(ObisCode source, T content);
  }

  private <T> void blocks(
      ObisCode source, BlockSource<T> blocks, BlockTaker<T> taker, Progress progress)
      throws InterruptedException {
    var cursor = context.cursors().of(meter.id(), source);
    Future<Stored> stored = null;
    while (true) {
      Block<T> block = value(blocks.read(cursor), progress);
      if (stored != null && !add(stored, progress) || block == null) {
        return;
      }
      delivery.events(block.events()).findings(block.findings()).refused(source, block.refused());
      progress.received += taker.take(source, block.content()) + block.refused().size();
      progress.refused += block.refused().size();
      if (!block.next().equals(cursor)) {
        delivery.progress(source, block.next());
      }
      cursor = block.next();
      if (!block.more() || progress.fault != null) {
        return;
      }
      stored = context.writer().submit(delivery.lease(clock.instant().plus(ReadingRound.LEASE)));
      delivery = new Delivery(meter.id(), clock.instant());
    }
  }

  private boolean add(Future<Stored> stored, Progress progress) throws InterruptedException {
    try {
      var result = stored.get();
      if (progress.stored != null) {
        progress.stored = progress.stored.plus(result);
      }
      return true;
    } catch (ExecutionException e) {
      progress.fault = new Fault(Fault.Kind.BUSY, "Archive did not take a block: " + e.getCause());
      progress.partial = false;
      return false;
    }
  }

  private int take(ObisCode source, LoadProfile profile) {
    if (!profile.rows().isEmpty()) {
      var sums = context.sums(meter.model());
      var archived = context.catalog().profile(meter.id(), source, profile.channels(), sums);
      delivery.rows(archived, newPeriod(archived, profile), profile.rows());
    }
    return profile.rows().size();
  }

  /** The capture period where it is news; null where it is known or not proven. */
  private Duration newPeriod(ProfileCatalog.Profile archived, LoadProfile profile) {
    var before = archived.capturePeriod();
    var after = profile.capturePeriod();
    if (after == null || after.equals(before)) {
      return null;
    }
    if (before == null) {
      return after;
    }
    if (profile.rows().size() < ROWS_THAT_PROVE_A_PERIOD) {
      return null;
    }
    delivery.findings(
        List.of(
            new Finding(
                Finding.Kind.CAPTURE_PERIOD_CHANGED,
                Map.of(
                    "before", before.toSeconds() + " s",
                    "after", after.toSeconds() + " s"))));
    return after;
  }

  private int take(ObisCode source, List<LoggedEvent> lines) {
    delivery.events(lines);
    return lines.size();
  }

  /** What can be kept of a result, or null; its fault goes to the progress. */
  private <T> T value(ReadResult<T> result, Progress progress) {
    return result.fold(
        complete -> {
          answered = true;
          return complete.value();
        },
        partial -> {
          answered = true;
          progress.partial = true;
          progress.fault = partial.fault();
          return partial.value();
        },
        failed -> {
          progress.fault = failed.fault();
          return null;
        });
  }

  private Attempt attempt(DueMeter.DueTask task, Instant startedAt, Progress progress) {
    var endedAt = clock.instant();
    var fault = progress.fault;
    if (fault != null && lastFault == null && fault.kind() != Fault.Kind.UNSUPPORTED) {
      lastFault = fault;
    }
    boolean kept = progress.received > 0 || progress.partial;
    return new Attempt(
        task.kind().name(),
        startedAt,
        endedAt,
        fault == null ? Result.COMPLETE : kept ? Result.PARTIAL : Result.FAILED,
        fault == null ? null : fault.kind().name(),
        fault == null ? null : fault.detail(),
        progress.received,
        progress.stored,
        progress.refused,
        NextDue.at(meter.id(), task, fault, endedAt));
  }
}
