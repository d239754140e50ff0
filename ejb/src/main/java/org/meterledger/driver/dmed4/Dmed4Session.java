package org.meterledger.driver.dmed4;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.meterledger.driver.Block;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.ClockTarget;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.CommissioningTarget;
import org.meterledger.driver.DisplayTarget;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;

/** A conversation with one meter, over whatever transport. */
final class Dmed4Session
    implements MeterSession,
        RegisterSource,
        ClockSource,
        ClockTarget,
        EventLogSource,
        SettingsSource,
        CommissioningTarget {

  static final Set<Class<? extends Capability>> CAPABILITIES =
      Set.of(
          RegisterSource.class,
          ClockSource.class,
          ClockTarget.class,
          EventLogSource.class,
          SettingsSource.class,
          SettingsTarget.class,
          ChargingSource.class,
          ChargeCycleTarget.class,
          DisplayTarget.class,
          CommissioningTarget.class);

  private static final String OPERATING = "operating";
  private static final String CYCLE = "cycle";
  private static final int STATES = 4;

  private final Dmed4Meter meter;
  private final Dmed4Tables tables;
  private final String password;
  private final Clock clock;
  private final Pause pause;

  /**
   * @param password by which the portal logs in; null for none
   */
  Dmed4Session(Dmed4Meter meter, Dmed4Tables tables, String password, Clock clock, Pause pause) {
    this.meter = meter;
    this.tables = tables;
    this.password = password;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public <C extends Capability> Optional<C> as(Class<C> capability) {
    return CAPABILITIES.contains(capability)
        ? Optional.of(capability.cast(able(capability)))
        : Optional.empty();
  }

  private Object able(Class<? extends Capability> capability) {
    if (capability == SettingsTarget.class) {
      return new Dmed4Settings(meter, tables, password, clock, pause);
    }
    if (capability == ChargingSource.class) {
      return new Records(meter);
    }
    if (capability == ChargeCycleTarget.class) {
      return new ChargeCycle(meter, tables, clock, pause);
    }
    return capability == DisplayTarget.class ? new Display(meter) : this;
  }

  @Override
  public ReadResult<Identification> identify() {
    return meter.identify();
  }

  @Override
  public List<Channel> registers() {
    return tables.channels();
  }

  /** Flags are made of words, so they have no place in the meter and stand behind the others. */
  @Override
  public ReadResult<RegisterReading> readRegisters() {
    var read = meter.values();
    var found = Results.value(read);
    if (found == null) {
      return new ReadResult.Failed<>(Results.fault(read));
    }
    var state = found.get(stateRegister());
    if (state != null) {
      SystemFlags.put(found, tables, CYCLE, bit(state));
    }
    var time = readClock();
    var values = new ArrayList<RegisterValue>();
    for (var channel : tables.channels()) {
      var value = found.get(channel.obis());
      if (value != null) {
        values.add(new RegisterValue(channel.obis(), new Quantity(value, channel.unit()), null));
      }
    }
    var reading = new RegisterReading(Results.value(time), values);
    var fault = Results.fault(read);
    return fault == null ? ReadResult.complete(reading) : new ReadResult.Partial<>(reading, fault);
  }

  private ObisCode stateRegister() {
    return tables.registers().stream()
        .filter(register -> register.name().equals("cycleState"))
        .findFirst()
        .orElseThrow()
        .channel()
        .obis();
  }

  /** None for a state that the manual does not name. */
  private static long bit(BigDecimal state) {
    var known = state.signum() >= 0 && state.compareTo(BigDecimal.valueOf(STATES)) < 0;
    return known ? 1L << state.intValueExact() : 0;
  }

  @Override
  public ReadResult<Instant> readClock() {
    return Results.then(
        meter.time(),
        seconds ->
            seconds == 0
                ? ReadResult.failed(Kind.UNSUPPORTED, meter.address() + " does not know the time")
                : seconds < 0 || seconds > 0xFFFF_FFFFL
                    ? ReadResult.failed(Kind.INVALID_DATA, meter.address() + " tells no time")
                    : ReadResult.complete(Instant.ofEpochSecond(seconds)));
  }

  /** The meter takes whole seconds, and none while it is charging (manual p. 7). */
  @Override
  public CommandResult shiftClock(Duration shift) {
    return idle(
        () ->
            Results.command(
                readClock(),
                told -> meter.setTime(told.plus(shift).plusMillis(500).getEpochSecond())));
  }

  private CommandResult idle(Supplier<CommandResult> send) {
    return Results.command(
        meter.chargeStatus(),
        status ->
            status.charging()
                ? Results.refused(
                    Kind.NOT_TAKEN, meter.address() + " is charging; nothing was sent")
                : send.get());
  }

  @Override
  public Set<ObisCode> logbooks() {
    return Set.of(EventReading.LOGBOOK);
  }

  @Override
  public ReadResult<Block<List<LoggedEvent>>> readLogbook(ObisCode logbook, Cursor cursor) {
    return logbook.equals(EventReading.LOGBOOK)
        ? new EventReading(meter).read(cursor)
        : new ReadResult.Failed<>(noLogbook(logbook));
  }

  @Override
  public ReadResult<Cursor> seek(ObisCode logbook, Instant from, Cursor archived) {
    return logbook.equals(EventReading.LOGBOOK)
        ? new EventReading(meter).seek(from, archived)
        : new ReadResult.Failed<>(noLogbook(logbook));
  }

  private Fault noLogbook(ObisCode logbook) {
    return new Fault(Kind.UNSUPPORTED, meter.address() + " has no logbook " + logbook);
  }

  @Override
  public ReadResult<Map<String, String>> readSettings() {
    return meter.settings();
  }

  @Override
  public ReadResult<Boolean> readCommissioned() {
    return Results.then(
        meter.operativeStatus(),
        status ->
            status.equalsIgnoreCase("charging")
                ? ReadResult.failed(
                    Kind.BUSY,
                    meter.address()
                        + " is charging, and tells only afterwards whether it is commissioned")
                : ReadResult.complete(status.equalsIgnoreCase(OPERATING)));
  }

  @Override
  public CommandResult endCommissioning() {
    return idle(meter::endCommissioning);
  }

  @Override
  public void close() {
    meter.close();
  }
}
