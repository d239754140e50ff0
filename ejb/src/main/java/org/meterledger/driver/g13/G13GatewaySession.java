package org.meterledger.driver.g13;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.driver.Block;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.ClockTarget;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterScan;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RebootTarget;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;

/** A conversation with a gateway itself. */
final class G13GatewaySession
    implements MeterSession,
        EventLogSource,
        ClockSource,
        ClockTarget,
        SettingsSource,
        ClearTarget,
        RebootTarget {

  private static final ObisCode LOGBOOK = ObisCode.of("0-0:99.98.0*255");

  private final G13Connection connection;
  private final G13Gateway gateway;
  private final MeterModel model;

  G13GatewaySession(G13Connection connection, MeterModel model) {
    this.connection = connection;
    this.gateway = new G13Gateway(connection);
    this.model = model;
  }

  @Override
  public <C extends Capability> Optional<C> as(Class<C> capability) {
    if (capability == SettingsTarget.class) {
      return Optional.of(
          capability.cast(
              new Settings<>(
                  Settings.OF_A_GATEWAY,
                  () -> ReadResult.complete(gateway),
                  this::close,
                  connection.clock())));
    }
    return capability == MeterScan.class
        ? Optional.of(capability.cast(new G13Scan(gateway)))
        : MeterSession.super.as(capability);
  }

  @Override
  public ReadResult<Identification> identify() {
    return Results.then(
        gateway.about(),
        about ->
            ReadResult.complete(
                new Identification(
                    about.serialNumber(),
                    model.manufacturer(),
                    model.name(),
                    about.firmwareVersion(),
                    null)));
  }

  @Override
  public ReadResult<Instant> readClock() {
    return Results.then(
        gateway.time(),
        clock ->
            clock.set()
                ? ReadResult.complete(clock.at().atZone(connection.endpoint().zone()).toInstant())
                : ReadResult.failed(
                    Kind.UNSUPPORTED, connection.address() + " does not know the time"));
  }

  @Override
  public CommandResult shiftClock(Duration shift) {
    return ClockShift.of(gateway, shift);
  }

  @Override
  public Set<ObisCode> logbooks() {
    return Set.of(LOGBOOK);
  }

  @Override
  public ReadResult<Block<List<LoggedEvent>>> readLogbook(ObisCode logbook, Cursor cursor) {
    return Results.then(log(logbook), log -> ReadResult.complete(log.after(cursor)));
  }

  @Override
  public ReadResult<Cursor> seek(ObisCode logbook, Instant from, Cursor archived) {
    return Results.then(log(logbook), log -> ReadResult.complete(log.before(from, archived)));
  }

  private ReadResult<GatewayLog> log(ObisCode logbook) {
    return LOGBOOK.equals(logbook)
        ? Results.then(
            gateway.events(),
            events ->
                ReadResult.complete(new GatewayLog(LOGBOOK, connection.endpoint().zone(), events)))
        : ReadResult.failed(Kind.UNSUPPORTED, connection.address() + " has no logbook " + logbook);
  }

  @Override
  public ReadResult<Map<String, String>> readSettings() {
    var found = new LinkedHashMap<String, String>();
    var about = gateway.about();
    if (!(about instanceof ReadResult.Complete<About> known)) {
      return new ReadResult.Failed<>(Results.fault(about));
    }
    add(found, known.value());
    var meters = gateway.registration().list();
    if (!(meters instanceof ReadResult.Complete<Registration.Meters> there)) {
      // told in part only, they would seem to be new the next time
      return new ReadResult.Failed<>(Results.fault(meters));
    }
    add(found, there.value());
    Fault fault = null;
    var naming = gateway.naming();
    if (naming instanceof ReadResult.Complete<Naming> complete) {
      found.put("alias", complete.value().alias());
      found.put("location", complete.value().location());
    } else {
      fault = Results.fault(naming);
    }
    var configuration = gateway.configuration();
    if (configuration instanceof ReadResult.Complete<GatewayConfiguration> complete) {
      add(found, complete.value());
    } else {
      fault = Results.fault(configuration);
    }
    return MeterSettings.result(found, fault);
  }

  private static void add(Map<String, String> found, About about) {
    found.put("serial", about.serialNumber());
    found.put("model", about.model());
    found.put("firmwareversion", about.firmwareVersion());
    found.put("hardwareversion", about.hardwareVersion());
    found.put("jsonapiversion", about.jsonApiVersion());
    found.put("cosemversion", about.cosemVersion());
    found.put("logicaldevicename", about.logicalDeviceName());
  }

  /** By their changes it is noticed that somebody has changed something at the gateway itself. */
  private static void add(Map<String, String> found, Registration.Meters all) {
    var bySerial = new TreeMap<String, String>();
    all.meters()
        .forEach(
            each ->
                bySerial.put(
                    each.serialNumber(),
                    Stream.of(each.alias(), each.location())
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(" · "))));
    found.put("meters", String.join(", ", bySerial.keySet()));
    bySerial.forEach((serial, naming) -> found.put("meter " + serial, naming));
  }

  private static void add(Map<String, String> found, GatewayConfiguration all) {
    found.put("mac", all.mac());
    found.put("dhcp", Boolean.toString(all.ip().dhcp()));
    found.put("dns", Boolean.toString(all.ip().automaticDns()));
    found.put("ip", all.ip().address());
    found.put("gateway", all.ip().gateway());
    found.put("subnet", all.ip().subnet());
    found.put("pdns", all.ip().primaryDns());
    found.put("sdns", all.ip().secondaryDns());
    found.put("eqbus baudrate", Integer.toString(all.eqBus().baudRate()));
    found.put("eqbus interoctettimeout", Integer.toString(all.eqBus().interOctetTimeout()));
    add(found, "mbus_wired ", all.wiredMBus());
    add(found, "mbus_ir ", all.infraredMBus());
  }

  private static void add(Map<String, String> found, String bus, MBusTimeouts timeouts) {
    timeouts.payload().forEach((key, value) -> found.put(bus + key, value.toString()));
  }

  @Override
  public Set<Kept> clearable() {
    return Set.of(Kept.LOGBOOK);
  }

  @Override
  public CommandResult clear(Kept what) {
    if (what != Kept.LOGBOOK) {
      throw new IllegalArgumentException("A gateway cannot erase " + what);
    }
    return gateway.clearEvents();
  }

  @Override
  public CommandResult reboot() {
    return gateway.reboot();
  }

  @Override
  public void close() {
    // HTTP keeps no state.
  }
}
