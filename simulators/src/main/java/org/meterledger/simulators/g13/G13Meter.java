package org.meterledger.simulators.g13;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/**
 * One simulated meter on a gateway's bus: its records and its life. Safe for several threads.
 *
 * <p>What happens in its life happens at the clock's now and is part of what {@link #loadProfile},
 * {@link #previousValues}, {@link #demand} and {@link #events} tell: the truth that an archive is
 * compared with. Most of it is computed from the seed when it is asked for.
 */
public final class G13Meter {
  private record Mistake(long from, long to) {}

  final MeterSettings settings;
  final Label label;
  final Timeline timeline;
  final Registers registers;
  final Tariffs tariffs;
  final EventLogs logs = new EventLogs();
  final Ports ports = new Ports();
  final PreviousValues previousValues;
  final Demand demand;
  final List<LoadProfile.Channel> channels = new ArrayList<>();
  final Alarm[] alarms = new Alarm[Alarm.COUNT];
  final int[] transformers = {1, 1, 1, 1};
  String firmwareVersion = "A1.0.0.0";

  private final InstantSource clock;
  private final Incidents incidents;
  private final List<Mistake> mistakes = new ArrayList<>();
  private boolean connected = true;
  private boolean writesDenied;

  /**
   * A meter that has counted since it was commissioned.
   *
   * @param clock true time; it must not go back
   */
  G13Meter(MeterSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    this.label = Label.of(settings.label());
    long start = settings.life().commissioned().getEpochSecond();
    Energies energies =
        new Energies(settings.life().shape(), settings.life().seed(), label.phases(), start);
    this.timeline =
        new Timeline(
            energies, start, settings.life().offset().getTotalSeconds(), DaylightSaving.EUROPEAN);
    this.tariffs = new Tariffs(timeline, start, Factory.tariffs());
    this.registers = new Registers(timeline, tariffs, energies, label.phases(), start);
    this.previousValues =
        new PreviousValues(timeline, registers, Factory.previousValues(label, start));
    this.demand = new Demand(timeline, registers, Factory.demand(label, start));
    this.channels.addAll(Factory.loadProfiles(label, start));
    this.incidents = new Incidents(energies.mains(), start, settings.life().eventful());
  }

  /** How the meter is built; alias and location are those that it began with. */
  public MeterSettings settings() {
    return settings;
  }

  /** The true second, to which the meter has lived. */
  synchronized long now() {
    long now = clock.instant().getEpochSecond();
    while (incidents.next() <= now) {
      timeline.advance(incidents.next());
      incidents.happen(new Life());
    }
    timeline.advance(now);
    return now;
  }

  /** The events that the meter makes of what happens to it. */
  final class Life {
    void powerFailure(long now, long seconds) {
      LocalDateTime time = timeline.localTime(now);
      timeline.powerFailure(now, seconds);
      logs.add(now, event(MeterEvent.SYSTEM, time, seconds, MeterEvent.POWER_FAIL));
    }

    void shiftClock(long now, long seconds) {
      timeline.setClock(now, timeline.localSecond(now) + seconds);
    }

    void loseTime(long now) {
      timeline.loseTime(now);
      LocalDateTime time = timeline.localTime(now);
      logs.add(now, event(MeterEvent.SYSTEM, time, 0, MeterEvent.DATE_NOT_SET));
      logs.add(now, event(MeterEvent.SYSTEM, time, 0, MeterEvent.TIME_NOT_SET));
    }

    private MeterEvent event(String log, LocalDateTime time, long duration, int id) {
      int category = id >= MeterEvent.FIRST_ALARM ? MeterEvent.INFORMATION : MeterEvent.WARNING;
      return new MeterEvent(log, time, duration, category, id);
    }
  }

  /**
   * All items that a load-profile channel holds, oldest first.
   *
   * @param channel from 1 to 8
   */
  public synchronized List<LoadProfileItem> loadProfile(int channel) {
    LoadProfile profile = held(channel - 1, now());
    return items(profile, 0);
  }

  /**
   * All items that a load-profile channel recorded since it was set up or cleared, those that it
   * holds no more included, oldest first.
   *
   * @param channel from 1 to 8
   */
  public synchronized List<LoadProfileItem> recordedLoadProfile(int channel) {
    LoadProfile profile = held(channel - 1, now());
    return items(profile, -profile.lost());
  }

  private static List<LoadProfileItem> items(LoadProfile profile, int first) {
    List<LoadProfileItem> items = new ArrayList<>(profile.size() - first);
    for (int number = first; number < profile.size(); number++) {
      items.add(profile.item(number));
    }
    return items;
  }

  /** All previous values that the meter holds, oldest first. */
  public synchronized List<PreviousValue> previousValues() {
    return previousValues.held(now()).stream().map(previousValues::snapshot).toList();
  }

  /** All demand entries that the meter holds, oldest first. */
  public synchronized List<DemandEntry> demand() {
    return demand.held(now()).stream().map(demand::entry).toList();
  }

  /** All events of all logs, oldest first. */
  public synchronized List<MeterEvent> events() {
    watchAlarms(now());
    return logs.all();
  }

  /**
   * The value of a quantity at an instant of the meter's life.
   *
   * @param id number of the parameter mapping (N28) of something with a value
   * @return in Wh, varh, VAh, W, var, VA, V, A, deg, Hz, % or imp
   */
  public synchronized BigDecimal value(int id, Instant at) {
    long second = Math.min(at.getEpochSecond(), now());
    return registers.value(Quantity.of(id).orElseThrow(), second);
  }

  /** The tariff that the meter counts in now, 1 to 4. */
  public synchronized int activeTariff() {
    return tariffs.active(now());
  }

  /** What the meter's clock shows now. */
  public synchronized LocalDateTime time() {
    return timeline.localTime(now());
  }

  /** Takes the power away from now on; meanwhile the meter neither answers nor counts. */
  public synchronized void powerFailure(Duration length) {
    new Life().powerFailure(now(), length.toSeconds());
  }

  /** Sets the clock on, or back by a negative duration. */
  public synchronized void shiftClock(Duration by) {
    new Life().shiftClock(now(), by.toSeconds());
  }

  /** Starts the clock at 2000-01-01; it counts as not set until it is set over the gateway. */
  public synchronized void loseTime() {
    new Life().loseTime(now());
  }

  /** Marks load-profile items of the coming time with status 0x20. */
  public synchronized void measureWrongly(Duration length) {
    long now = now();
    mistakes.add(new Mistake(now, now + length.toSeconds()));
  }

  /**
   * Switches what is wired to an input.
   *
   * @param port 1 to 4
   */
  public synchronized void setInput(int port, boolean on) {
    long now = now();
    ports.setInput(port - 1, on);
    int state = (ports.input(3) ? 2 : 0) + (ports.input(2) ? 1 : 0);
    tariffs.change(now, tariffs.programme().withInputState(state));
  }

  /** Adds an event to a log, for example a missing voltage (1000) to the quality log. */
  public synchronized void record(String log, int id, Duration duration) {
    long now = now();
    logs.add(now, new Life().event(log, timeline.localTime(now), duration.toSeconds(), id));
  }

  /** Cuts the meter off the bus, or connects it again; it goes on counting. */
  public synchronized void setConnected(boolean onBus) {
    connected = onBus;
  }

  /** Has the meter refuse whatever writes, with READ_WRITE_DENIED. */
  public synchronized void setWritesDenied(boolean denied) {
    writesDenied = denied;
  }

  boolean writesDenied() {
    return writesDenied;
  }

  synchronized boolean answers() {
    return connected && !timeline.off(now());
  }

  boolean can(Level.Function function) {
    return label.can(function);
  }

  /** Has alarms watch what was not yet watched. */
  void watchAlarms(long now) {
    Arrays.stream(alarms)
        .filter(alarm -> alarm != null)
        .forEach(alarm -> alarm.advance(now, registers, timeline, logs));
  }

  /**
   * What a channel holds.
   *
   * @param channel from 0
   */
  LoadProfile held(int channel, long now) {
    return new LoadProfile(
        channels.get(channel), timeline.spans(), registers, this::measuredWrongly, now);
  }

  private boolean measuredWrongly(long second) {
    return mistakes.stream().anyMatch(each -> each.from() < second && second <= each.to());
  }

  /** Asks the meter as it stands now, alone. */
  synchronized <T> T asked(LongFunction<T> question) {
    return question.apply(now());
  }
}
