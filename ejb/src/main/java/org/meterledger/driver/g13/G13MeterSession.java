package org.meterledger.driver.g13;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterledger.driver.BillingSource;
import org.meterledger.driver.Block;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.ClockTarget;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.CosemSource;
import org.meterledger.driver.DemandSource;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterResetTarget;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.SwitchTarget;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterReading;

/** A conversation with one meter behind a gateway. HTTP keeps no state: nothing is to be closed. */
final class G13MeterSession
    implements MeterSession,
        RegisterSource,
        LoadProfileSource,
        BillingSource,
        DemandSource,
        EventLogSource,
        ClockSource,
        ClockTarget,
        SettingsSource {

  private final G13Gateway gateway;
  private final String serialNumber;
  private final G13Connection connection;
  private final G13Tables tables;
  private final Set<Class<? extends Capability>> capabilities;
  private MeterInfo info;
  private MeterTime time;
  private EventPages events = new EventPages();
  private Abilities abilities;
  private List<ProfileChannel> channels;

  /**
   * @param serialNumber null where the endpoint names no meter: then nothing can be read
   */
  G13MeterSession(
      G13Connection connection,
      String serialNumber,
      G13Tables tables,
      Set<Class<? extends Capability>> capabilities) {
    this.gateway = new G13Gateway(connection);
    this.serialNumber = serialNumber;
    this.connection = connection;
    this.tables = tables;
    this.capabilities = capabilities;
  }

  @Override
  public <C extends Capability> Optional<C> as(Class<C> capability) {
    return capabilities.contains(capability)
        ? Optional.of(capability.cast(able(capability)))
        : Optional.empty();
  }

  private Object able(Class<? extends Capability> capability) {
    if (capability == SwitchTarget.class) {
      return new PortSwitch(this::meter, this::abilities);
    }
    if (capability == SettingsTarget.class) {
      return new Settings<>(Settings.OF_A_METER, this::meter, this::forget, connection.clock());
    }
    if (capability == ClearTarget.class) {
      return new StoredEntries(this::meter, Set.copyOf(tables.profiles().values()));
    }
    if (capability == RegisterResetTarget.class) {
      return new ResettableRegisters(this::meter, tables);
    }
    return capability == CosemSource.class
        ? new RawObjects(this::meter, this::abilities, gateway.cosem(), tables)
        : this;
  }

  private ReadResult<G13Meter> meter() {
    if (serialNumber == null) {
      return ReadResult.failed(
          Kind.INVALID_DATA,
          connection.address() + " is a gateway; which of its meters is meant, is not said");
    }
    try {
      return ReadResult.complete(gateway.meter(serialNumber));
    } catch (IllegalArgumentException e) {
      return ReadResult.failed(Kind.INVALID_DATA, e.getMessage());
    }
  }

  private Abilities abilities(G13Meter meter) {
    abilities = abilities == null ? new Abilities(gateway, meter) : abilities;
    return abilities;
  }

  private String address() {
    return connection.address() + "/meters/" + serialNumber;
  }

  /** The serial number is the one by which the gateway knows the meter: requests go by it. */
  @Override
  public ReadResult<Identification> identify() {
    return Results.then(
        readInfo(),
        found ->
            ReadResult.complete(
                new Identification(
                    serialNumber,
                    tables.model().manufacturer(),
                    found.label().text(),
                    found.firmwareVersion(),
                    null)));
  }

  private ReadResult<MeterInfo> readInfo() {
    var result = Results.then(meter(), G13Meter::info);
    info = result instanceof ReadResult.Complete<MeterInfo> complete ? complete.value() : info;
    return result;
  }

  private ReadResult<MeterInfo> knownInfo() {
    return info == null ? readInfo() : ReadResult.complete(info);
  }

  @Override
  public List<Channel> registers() {
    return tables.registers().stream().map(G13Tables.Register::channel).toList();
  }

  @Override
  public ReadResult<RegisterReading> readRegisters() {
    return Results.then(
        meter(),
        meter ->
            Results.then(
                knownInfo(),
                found ->
                    Results.then(
                        readTime(),
                        clock ->
                            new PresentValues(meter, abilities(meter), tables)
                                .read(found, instant(clock), address()))));
  }

  /** Null where the meter does not know the time. */
  private Instant instant(MeterTime clock) {
    return clock.set() ? deviceTime(clock).now(clock.at(), clock.daylightSaving()) : null;
  }

  private DeviceTime deviceTime(MeterTime clock) {
    return new DeviceTime(connection.endpoint().zone(), clock.rule() != null);
  }

  /** Whether the clock follows daylight saving is a setting, so it is asked once. */
  private ReadResult<DeviceTime> knownTime() {
    return Results.then(knownClock(), clock -> ReadResult.complete(deviceTime(clock)));
  }

  private ReadResult<MeterTime> knownClock() {
    return time == null ? readTime() : ReadResult.complete(time);
  }

  private ReadResult<MeterTime> readTime() {
    var result = Results.then(meter(), G13Meter::time);
    time = result instanceof ReadResult.Complete<MeterTime> told ? told.value() : time;
    return result;
  }

  @Override
  public ReadResult<Instant> readClock() {
    return Results.then(
        Results.then(meter(), G13Meter::time),
        clock ->
            clock.set()
                ? ReadResult.complete(instant(clock))
                : ReadResult.failed(Kind.UNSUPPORTED, address() + " does not know the time"));
  }

  @Override
  public CommandResult shiftClock(Duration shift) {
    return Results.command(meter(), meter -> ClockShift.of(meter, shift));
  }

  @Override
  public Set<ObisCode> loadProfiles() {
    return tables.profiles().keySet();
  }

  /** Empty where the meter has no channel of that interval. */
  @Override
  public ReadResult<Block<LoadProfile>> readLoadProfile(ObisCode profile, Cursor cursor) {
    var interval = tables.profiles().get(profile);
    if (interval == null) {
      return ReadResult.failed(Kind.UNSUPPORTED, address() + " has no load profile " + profile);
    }
    return Results.then(
        meter(),
        meter ->
            Results.then(
                knownClock(),
                clock ->
                    Results.then(
                        profileChannels(meter),
                        all -> {
                          var slots =
                              all.stream()
                                  .filter(each -> each.intervalSeconds() == interval)
                                  .map(ProfileChannel::slot)
                                  .toList();
                          return new ProfileReading(
                                  meter.loadProfiles(),
                                  tables,
                                  deviceTime(clock),
                                  clock.set() ? clock.at() : null,
                                  connection.clock().instant())
                              .read(profile, Duration.ofSeconds(interval), slots, cursor);
                        })));
  }

  private ReadResult<List<ProfileChannel>> profileChannels(G13Meter meter) {
    if (channels != null) {
      return ReadResult.complete(channels);
    }
    return Results.then(
        Inquiry.insist(
            () ->
                abilities(meter)
                    .judged(meter.loadProfiles().configuration(), List.of("LOAD_PROFILE_CH_1")),
            meter::time),
        configuration ->
            Results.then(
                abilities(meter).mapping(),
                mapping -> {
                  channels = ProfileChannel.used(configuration, mapping, tables);
                  return ReadResult.complete(channels);
                }));
  }

  /** Rows are found by their times, so the place of one needs no search. */
  @Override
  public ReadResult<Cursor> seek(ObisCode log, Instant from, Cursor archived) {
    if (tables.profiles().containsKey(log)) {
      return ReadResult.complete(TimeIndex.after(from, archived));
    }
    if (tables.logbooks().containsKey(log)) {
      return ReadResult.complete(TimeIndex.after(from.minusNanos(1), archived));
    }
    return ReadResult.failed(
        Kind.UNSUPPORTED, address() + " has neither load profile nor logbook " + log);
  }

  @Override
  public ReadResult<List<BillingSnapshot>> readBilling(Instant from, int periods) {
    return Results.then(
        meter(),
        meter ->
            Results.then(
                knownTime(),
                clock -> {
                  var closed = new ClosedPeriods(tables, clock);
                  return Results.then(
                      abilities(meter)
                          .judged(
                              closed.read(meter.previousValues()::read, from),
                              List.of("PREVIOUS_VALUES")),
                      table -> closed.previousValues(table, periods));
                }));
  }

  @Override
  public ReadResult<List<BillingSnapshot>> readDemand(Instant from, int periods) {
    return Results.then(
        meter(),
        meter ->
            Results.then(
                knownTime(),
                clock -> {
                  var closed = new ClosedPeriods(tables, clock);
                  return Results.then(
                      abilities(meter).judged(meter.demand().configuration(), List.of("DEMAND")),
                      configuration ->
                          Results.then(
                              closed.read(meter.demand()::read, from),
                              table -> closed.demand(table, configuration, periods)));
                }));
  }

  @Override
  public Set<ObisCode> logbooks() {
    return tables.logbooks().keySet();
  }

  @Override
  public ReadResult<Block<List<LoggedEvent>>> readLogbook(ObisCode logbook, Cursor cursor) {
    var log = tables.logbooks().get(logbook);
    if (log == null) {
      return ReadResult.failed(Kind.UNSUPPORTED, address() + " has no logbook " + logbook);
    }
    return Results.then(
        meter(),
        meter ->
            Results.then(
                knownClock(),
                clock ->
                    new EventReading(events.of(meter), deviceTime(clock))
                        .read(logbook, log, clock.at(), cursor)));
  }

  @Override
  public ReadResult<Map<String, String>> readSettings() {
    return Results.then(meter(), meter -> new MeterSettings(meter, abilities(meter)).read());
  }

  /** What was learnt of how the meter is set may not hold any more. */
  private void forget() {
    info = null;
    time = null;
    abilities = null;
    channels = null;
    events = new EventPages();
  }

  @Override
  public void close() {
    forget();
  }
}
