package org.meterledger.reading;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.archive.Stored;
import org.meterledger.driver.Block;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Finding;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.Interval;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.Progress;

/**
 * Reads an open meter and puts what it tells into the delivery. Long buffers are archived block by
 * block, the next one being read while the last is stored.
 */
final class MeterReading {

  /** Settings that change by themselves. */
  private static final List<String> VOLATILE_SETTINGS = List.of("meterdatetime", "sys-ts", "rssi");

  /** Fewer rows than this do not prove that a known capture period has changed. */
  private static final int ROWS_THAT_PROVE_A_PERIOD = 8;

  /** So many gaps are asked for in one session, so that it does not last for ever. */
  private static final int GAPS_IN_A_SESSION = 5;

  /** Why a gap is permanent: the meter answered in full, and it was not there. */
  private static final String NOT_HELD = "NOT_HELD";

  private final OpenMeter meter;
  private final ReadingContext context;
  private final Clock clock;
  private ReadResult<RegisterReading> registers;
  private Taken taken;

  /**
   * @param at by when the values were there, by our clock
   */
  record Taken(RegisterReading reading, Instant at) {}

  MeterReading(OpenMeter meter, ReadingContext context) {
    this.meter = meter;
    this.context = context;
    this.clock = context.clock();
  }

  /** Whether an attempt is worth a line: only few meters keep signed records. */
  boolean concerns(TaskKind kind) {
    return kind != TaskKind.CHARGING || meter.session().as(ChargingSource.class).isPresent();
  }

  /** All that is new of one kind; nothing where the meter has none of it. */
  void read(TaskKind kind, Progress progress) throws InterruptedException {
    switch (kind) {
      case SETTINGS:
        var settings = meter.session().as(SettingsSource.class);
        settings.ifPresent(source -> settings(progress.value(source.readSettings()), progress));
        break;
      case REGISTERS:
        meter.session().as(RegisterSource.class).ifPresent(source -> registers(source, progress));
        break;
      case LOAD_PROFILE:
        progress.stored(Stored.NOTHING);
        var profiles = meter.session().as(LoadProfileSource.class);
        if (profiles.isPresent()) {
          for (var profile : profiles.get().loadProfiles()) {
            newRows(profiles.get(), profile, progress);
          }
          if (!progress.stopped()) {
            gaps(profiles.get(), progress);
          }
        }
        break;
      case LOGBOOK:
        var logbooks = meter.session().as(EventLogSource.class);
        if (logbooks.isPresent()) {
          for (var logbook : logbooks.get().logbooks()) {
            newLines(logbooks.get(), logbook, progress);
          }
        }
        break;
      case PREVIOUS_VALUES, DEMAND:
        var stored = SnapshotKind.valueOf(kind.name());
        new SnapshotReading(stored, meter, context).readNew(progress);
        break;
      case CHARGING:
        new ChargingReading(meter, context).readNew(progress);
        break;
      default:
        meter.session().as(ClockSource.class).ifPresent(source -> clock(source, progress));
    }
  }

  /** The present values, or null when none came. */
  RegisterReading registers(RegisterSource source, Progress progress) {
    var now = take(source, progress);
    if (now == null) {
      return null;
    }
    progress.received(now.reading().values().size(), 0);
    return now.reading();
  }

  /**
   * The present values with our time at which they were there, or null when none came. Who reads
   * them a second time in a session is given the same.
   */
  Taken take(RegisterSource source, Progress progress) {
    if (taken != null) {
      progress.value(registers);
      return taken;
    }
    registers = source.readRegisters();
    var reading = progress.value(registers);
    if (reading != null) {
      taken = new Taken(reading, clock.instant());
      meter.delivery().registers(reading.values());
      meter.told(reading.meterTime());
      new PresentValues(context.catalog())
          .archive(meter.id(), source, reading, taken.at(), meter.delivery());
    }
    return taken;
  }

  /** The meter's time, or null when it did not tell it. */
  Instant clock(ClockSource source, Progress progress) {
    var time = progress.value(source.readClock());
    if (time != null) {
      progress.received(1, 0);
      meter.told(time);
    }
    return time;
  }

  private void newRows(LoadProfileSource source, ObisCode profile, Progress progress)
      throws InterruptedException {
    new Blocks<LoadProfile>(profile, cursor -> source.readLoadProfile(profile, cursor), progress) {
      @Override
      int take(LoadProfile content) {
        return archive(profile, content);
      }
    }.readNew();
  }

  private void newLines(EventLogSource source, ObisCode logbook, Progress progress)
      throws InterruptedException {
    new Blocks<List<LoggedEvent>>(
        logbook, cursor -> source.readLogbook(logbook, cursor), progress) {
      @Override
      int take(List<LoggedEvent> content) {
        meter.delivery().events(content);
        return content.size();
      }
    }.readNew();
  }

  /** Rows whose period ends within a span, whether they are archived already or not. */
  void rows(LoadProfileSource source, ObisCode profile, Interval span, Progress progress)
      throws InterruptedException {
    progress.stored(Stored.NOTHING);
    var start = progress.value(source.seek(profile, span.from(), cursor(profile)));
    if (start != null) {
      new Blocks<LoadProfile>(profile, c -> source.readLoadProfile(profile, c), progress) {
        @Override
        int take(LoadProfile content) {
          var rows = content.rows();
          over = rows.isEmpty() || !rows.get(rows.size() - 1).periodEnd().isBefore(span.to());
          var within =
              rows.stream()
                  .filter(row -> row.periodEnd().isAfter(span.from()))
                  .filter(row -> !row.periodEnd().isAfter(span.to()))
                  .toList();
          return archive(
              profile,
              new LoadProfile(
                  content.obis(),
                  content.capturePeriod(),
                  content.step(),
                  content.channels(),
                  within));
        }
      }.readFrom(start);
    }
  }

  /** Lines noted within a span, whether they are archived already or not. */
  void lines(EventLogSource source, ObisCode logbook, Interval span, Progress progress)
      throws InterruptedException {
    var start = progress.value(source.seek(logbook, span.from(), cursor(logbook)));
    if (start != null) {
      new Blocks<List<LoggedEvent>>(logbook, c -> source.readLogbook(logbook, c), progress) {
        @Override
        int take(List<LoggedEvent> content) {
          over = content.isEmpty() || !content.get(content.size() - 1).at().isBefore(span.to());
          var within =
              content.stream()
                  .filter(line -> !line.at().isBefore(span.from()))
                  .filter(line -> line.at().isBefore(span.to()))
                  .toList();
          meter.delivery().events(within);
          return within.size();
        }
      }.readFrom(start);
    }
  }

  /** Asks again for what is missing, newest first; a fault here is the gap's, not the reading's. */
  private void gaps(LoadProfileSource source, Progress progress) throws InterruptedException {
    for (var gap : context.gaps().toAsk(meter.id(), clock.instant(), GAPS_IN_A_SESSION)) {
      var asked = new Progress();
      rows(source, gap.profile(), new Interval(gap.after(), gap.before()), asked);
      progress.received(asked.received(), 0);
      progress.stored(asked.stored());
      meter
          .delivery()
          .gapAsked(
              gap.profileId(),
              gap.after(),
              BackOff.reading(gap.asked(), clock.instant()),
              asked.fault() == null ? NOT_HELD : null);
      if (asked.fault() != null) {
        return;
      }
    }
  }

  private Cursor cursor(ObisCode source) {
    return context.cursors().of(meter.id(), source);
  }

  private interface BlockSource<T> {
    ReadResult<Block<T>> read(Cursor cursor);
  }

  /** Asks for blocks from a cursor on until there are no more. */
  private abstract class Blocks<T> {

    private final ObisCode source;
    private final BlockSource<T> blocks;
    private final Progress progress;

    /** What is wanted has come. */
    boolean over;

    Blocks(ObisCode source, BlockSource<T> blocks, Progress progress) {
      this.source = source;
      this.blocks = blocks;
      this.progress = progress;
    }

    /** Hands the content on; how many rows of it were. */
    abstract int take(T content);

    /** From where the archive ends; the archive's end moves along. */
    void readNew() throws InterruptedException {
      read(cursor(source), true);
    }

    /** From anywhere; how far the archive has come is not touched. */
    void readFrom(Cursor start) throws InterruptedException {
      read(start, false);
    }

    private void read(Cursor start, boolean advance) throws InterruptedException {
      var cursor = start;
      Future<Stored> stored = null;
      while (true) {
        var block = progress.value(blocks.read(cursor));
        if (stored != null && !OpenMeter.await(stored, progress) || block == null) {
          return;
        }
        if (!advance && block.next().epoch() != cursor.epoch()) {
          progress.fail(
              new Fault(Fault.Kind.BUSY, "The meter's index has just started anew; read on first"));
          return;
        }
        put(block, cursor, advance);
        cursor = block.next();
        if (!block.more() || over || progress.stopped()) {
          return;
        }
        stored = meter.submit();
      }
    }

    private void put(Block<T> block, Cursor cursor, boolean advance) {
      int taken = take(block.content());
      if (advance) {
        meter.delivery().events(block.events()).findings(block.findings());
        meter.delivery().refused(source, block.refused());
        progress.received(taken + block.refused().size(), block.refused().size());
        if (!block.next().equals(cursor)) {
          meter.delivery().progress(source, block.next());
        }
      } else {
        progress.received(taken, 0);
      }
    }
  }

  private int archive(ObisCode source, LoadProfile profile) {
    if (!profile.rows().isEmpty()) {
      var sums = context.sums(meter.modelId());
      var archived =
          context.catalog().profile(meter.id(), source, profile.step(), profile.channels(), sums);
      meter.delivery().rows(archived, newPeriod(archived, profile), profile.rows());
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
    if (profile.rows().size() < ROWS_THAT_PROVE_A_PERIOD || !newer(archived, profile.rows())) {
      return null;
    }
    meter
        .delivery()
        .findings(
            List.of(
                new Finding(
                    Finding.Kind.CAPTURE_PERIOD_CHANGED,
                    Map.of(
                        "before", before.toSeconds() + " s",
                        "after", after.toSeconds() + " s"))));
    return after;
  }

  /** Old rows that are read again do not tell how the profile is captured now. */
  private boolean newer(ProfileCatalog.Profile archived, List<ProfileRow> rows) {
    var last = cursor(archived.obis()).at();
    return last == null || rows.get(rows.size() - 1).periodEnd().isAfter(last);
  }

  private void settings(Map<String, String> told, Progress progress) {
    if (told != null) {
      progress.received(told.size(), 0);
      meter.delivery().settings(told);
      context
          .settings()
          .of(meter.id())
          .ifPresent(before -> meter.delivery().findings(changes(before.values(), told)));
    }
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
}
