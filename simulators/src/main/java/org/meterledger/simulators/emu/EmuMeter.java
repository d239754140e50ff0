package org.meterledger.simulators.emu;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.meterledger.simulators.FaultQueue;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.Traffic;
import org.meterledger.simulators.emu.LogbookLine.Parameters;

/**
 * One simulated meter: its records, its life and its faults. Safe for several threads. The history
 * is computed when it is first asked for and grows as the clock goes on.
 *
 * <p>Events in its life ({@link #setClockBack}, {@link #powerFailure} …) happen at the clock's now
 * and are part of {@link #truth()}; faults ({@link #inject}) are seen on the wire only.
 */
public final class EmuMeter {
  private final Settings settings;
  private final InstantSource clock;
  private final Recorder recorder;
  private final FaultQueue<Fault> faults = new FaultQueue<>();
  private final Traffic traffic = new Traffic();
  private volatile Duration latency;

  /**
   * A meter that has recorded since {@link Settings#commissioned()}.
   *
   * @param clock true time; going back has no effect on what was recorded
   */
  public EmuMeter(Settings settings, InstantSource clock) {
    this.settings = Objects.requireNonNull(settings);
    this.clock = Objects.requireNonNull(clock);
    this.recorder = new Recorder(settings);
    this.latency = settings.latency();
  }

  public Settings settings() {
    return settings;
  }

  /** All load-profile rows since the first period, oldest first, lost ones too. */
  public List<LoadProfileRow> truth() {
    return recorded(
        now -> {
          List<LoadProfileRow> rows = new ArrayList<>(now.rows().size());
          for (int position = 0; position < now.rows().size(); position++) {
            rows.add(now.row(position));
          }
          return rows;
        });
  }

  /** How many rows {@link #truth()} has. */
  public int rowsRecorded() {
    return recorded(now -> now.rows().size());
  }

  /** Place in {@link #truth()} of the oldest row that is held; {@link #rowsRecorded()} for none. */
  public int firstRowHeld() {
    return recorded(now -> now.rows().firstHeld());
  }

  /** All logbook lines, oldest first. */
  public List<LogbookLine> logbookTruth() {
    return recorded(now -> List.copyOf(now.logbook()));
  }

  /** Writes {@link #truth()} as CSV: a header line, commas, LF; generation and held come last. */
  public void writeTruthCsv(Appendable out) throws IOException {
    out.append(String.join(",", EmuColumns.LOAD_PROFILE)).append(",generation,held\n");
    int size = recorded(now -> now.rows().size());
    for (int number = 0; number < size; number++) {
      int position = number;
      LoadProfileRow row = recorded(now -> now.row(position));
      out.append(String.join(",", EmuColumns.of(row, settings.serialNumber())));
      out.append(',').append(Integer.toString(row.generation()));
      out.append(',').append(Boolean.toString(row.held())).append('\n');
    }
  }

  /** Sets the clock back, so that period ends repeat; status bit 0x01 and a logbook line. */
  public void setClockBack(Duration by) {
    happen(now -> now.shiftClock(-by.toSeconds()));
  }

  /** Sets the clock forward, so that period ends are missing; status bit 0x01, logbook line. */
  public void setClockForward(Duration by) {
    happen(now -> now.shiftClock(by.toSeconds()));
  }

  /** From now on answers hold the last recorded row twice, same index and values. */
  public void duplicateIndex() {
    happen(Recorder::emitLastTwice);
  }

  /** Changes a value (import T1 by 1 Wh) of the last recorded row under its old index. */
  public void rewriteLastRow() {
    happen(Recorder::rewriteLast);
  }

  /**
   * Takes the power away from now on: until it is back the meter closes every connection and
   * records nothing; the row after it has status bit 0x20.
   */
  public void powerFailure(Duration length) {
    happen(now -> now.powerFailure(length.toSeconds()));
  }

  /** Clears the load profile; the next row has index 1. Energies go on. */
  public void restartIndex() {
    happen(Recorder::restartIndex);
  }

  /** Starts the clock at 2000-01-01 with status bit 0x40 until {@link #synchroniseTime()}. */
  public void loseTime() {
    happen(Recorder::loseTime);
  }

  /** Sets the meter's clock to the true time; status bit 0x01 and a logbook line. */
  public void synchroniseTime() {
    happen(Recorder::synchronise);
  }

  /** Sets the current transformer, both in A; status bit 0x02 and a logbook line. */
  public void changeCurrentTransformer(int primary, int secondary) {
    happen(
        now ->
            now.change(
                now.parameters().withCurrentTransformer(primary, secondary),
                LoadProfileRow.CURRENT_TRANSFORMER_CHANGED));
  }

  /** Sets the voltage transformer, both in V; status bit 0x04 and a logbook line. */
  public void changeVoltageTransformer(int primary, int secondary) {
    happen(
        now ->
            now.change(
                now.parameters().withVoltageTransformer(primary, secondary),
                LoadProfileRow.VOLTAGE_TRANSFORMER_CHANGED));
  }

  /** Shows a fault with every request from now on. */
  public void inject(Fault fault) {
    faults.add(fault, Integer.MAX_VALUE, "/");
  }

  /** Shows a fault with the next {@code times} requests; several faults follow one another. */
  public void inject(Fault fault, int times) {
    faults.add(fault, times, "/");
  }

  /** Shows a fault with the next requests whose path begins so, for example {@code /data/}. */
  public void inject(Fault fault, int times, String path) {
    faults.add(fault, times, path);
  }

  /** Ends all injected faults; answers that were already begun go on as they were. */
  public void clearFaults() {
    faults.clear();
  }

  /** Delay between a request and its answer, from now on. */
  public void setLatency(Duration latency) {
    this.latency = Objects.requireNonNull(latency);
  }

  /** TCP connections that are open now. */
  public int connectionsOpen() {
    return traffic.connectionsOpen();
  }

  /** The most TCP connections that were open at once. */
  public int maxConnectionsOpen() {
    return traffic.maxConnectionsOpen();
  }

  /** The most requests that were under way at once, unanswered ones included. */
  public int maxConcurrentRequests() {
    return traffic.maxConcurrentRequests();
  }

  /** Requests received so far. */
  public long requests() {
    return traffic.requests();
  }

  /** When the first request came, as {@link System#nanoTime()} tells it; 0 before. */
  public long firstRequest() {
    return traffic.firstRequest();
  }

  /** Path and query of the last 1000 requests, oldest first. */
  public List<String> requestedPaths() {
    return traffic.requestedPaths();
  }

  Duration latency() {
    return latency;
  }

  FaultQueue<Fault> faults() {
    return faults;
  }

  Traffic traffic() {
    return traffic;
  }

  /** Asks the recorder as it stands at the clock's now. */
  synchronized <T> T recorded(Function<Recorder, T> question) {
    recorder.advance(clock.instant().getEpochSecond());
    return question.apply(recorder);
  }

  private void happen(Consumer<Recorder> event) {
    recorded(
        now -> {
          event.accept(now);
          return null;
        });
  }

  /**
   * How a meter is built and set up.
   *
   * @param serialNumber digits only; from 22350000 on meters know minima and maxima (manual p. 5)
   * @param seed decides every value together with the time
   * @param shape what stands behind the meter
   * @param capturePeriod whole seconds, 1 min to 1 day; 15 min unless set
   * @param capacity rows that the ring buffer holds, at least 1; 4 years of 15 min unless set
   * @param logbookCapacity lines that the logbook holds; 2048 unless set
   * @param commissioned when counting and numbering began; the first period's start unless set
   * @param firstPeriodStart earlier rows are counted and numbered but not kept
   * @param softwareVersion version of the communication firmware; 1.0.14 unless set
   * @param password of the Basic user {@code admin}; empty for no protection
   * @param minMax whether meterdata.json has minima and maxima
   * @param statusTime whether status.json tells the time too, which the manual prints as 0
   * @param ntpActive what status.json says of the time server
   * @param updaterActive what status.json says of online updates
   * @param dialect how CSV is written
   * @param latency delay of every answer; none unless set
   * @param eventful whether power failures and clock corrections happen by themselves
   * @param parameters transformers and pulses at first
   */
  public record Settings(
      String serialNumber,
      long seed,
      LoadShape shape,
      Duration capturePeriod,
      int capacity,
      int logbookCapacity,
      Instant commissioned,
      Instant firstPeriodStart,
      String softwareVersion,
      String password,
      boolean minMax,
      boolean statusTime,
      boolean ntpActive,
      boolean updaterActive,
      CsvDialect dialect,
      Duration latency,
      boolean eventful,
      Parameters parameters) {

    /** Starts settings of a household meter whose history begins at an instant. */
    public static SettingsBuilder builder(String serialNumber, Instant firstPeriodStart) {
      return new SettingsBuilder(serialNumber, firstPeriodStart);
    }

    /** The same meter behind Basic authentication; see {@link SettingsBuilder#password}. */
    public Settings withPassword(String secret) {
      return new SettingsBuilder(serialNumber, firstPeriodStart)
          .seed(seed)
          .shape(shape)
          .capturePeriod(capturePeriod)
          .capacity(capacity)
          .logbookCapacity(logbookCapacity)
          .commissioned(commissioned)
          .softwareVersion(softwareVersion)
          .password(secret)
          .minMax(minMax)
          .statusTime(statusTime)
          .ntpActive(ntpActive)
          .updaterActive(updaterActive)
          .dialect(dialect)
          .latency(latency)
          .eventful(eventful)
          .parameters(parameters)
          .build();
    }
  }
}
