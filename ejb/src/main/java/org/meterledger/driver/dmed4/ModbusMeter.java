package org.meterledger.driver.dmed4;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.meterledger.driver.ChargingSource.Log;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.DisplayTarget.Line;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession.Identification;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.modbus.ModbusConnection;
import org.meterledger.driver.modbus.ReadPlan;
import org.meterledger.driver.modbus.RegisterRange;
import org.meterledger.driver.modbus.Registers;
import org.meterledger.metering.ObisCode;

/** A meter that is asked over Modbus (manual p. 2 to 5). */
final class ModbusMeter implements Dmed4Meter {

  /** Registers in one message (manual p. 1). */
  static final int MOST = 120;

  private static final int MODEL = 0;
  private static final int FIRMWARE = 1;
  private static final int HARDWARE = 2;
  private static final int PARAMETER_REVISION = 3;
  private static final int ETHERNET_FIRMWARE = 5;
  private static final int LEAST_IDENTITY = 6;

  private final ModbusConnection connection;
  private final Dmed4Tables tables;
  private final ModbusBlocks blocks;
  private final ModbusLog log;
  private final ModbusParameters parameters;

  ModbusMeter(ModbusConnection connection, Dmed4Tables tables, Pause pause) {
    this.connection = connection;
    this.tables = tables;
    this.blocks = new ModbusBlocks(connection, tables);
    this.log = new ModbusLog(blocks, pause);
    this.parameters = new ModbusParameters(blocks, tables);
  }

  @Override
  public String address() {
    return connection.address();
  }

  private ReadResult<byte[]> identity() {
    return Results.then(
        connection.reportSlaveId(),
        bytes ->
            bytes.length < LEAST_IDENTITY
                    || !tables.knows(Dmed4Tables.FUNCTION_11, hex(bytes[MODEL]))
                ? ReadResult.failed(Kind.INVALID_DATA, address() + " answers, but is no DMED4")
                : ReadResult.complete(bytes));
  }

  private static String hex(byte code) {
    return HexFormat.of().withUpperCase().toHexDigits(code);
  }

  /** The serial number is in no register: records bear it. */
  @Override
  public ReadResult<Identification> identify() {
    return Results.then(
        identity(),
        bytes ->
            Results.then(
                log.newest(),
                record ->
                    record
                        .flatMap(newest -> newest.record().serialNumber())
                        .map(
                            serial ->
                                ReadResult.complete(
                                    new Identification(
                                        serial,
                                        tables.model().manufacturer(),
                                        tables.modelName(
                                            Dmed4Tables.FUNCTION_11, hex(bytes[MODEL])),
                                        Integer.toString(bytes[FIRMWARE] & 0xff),
                                        null)))
                        .orElseGet(
                            () ->
                                ReadResult.failed(
                                    Kind.INVALID_DATA,
                                    address()
                                        + " tells its serial number in records only, and holds"
                                        + " none yet; until then it is known over REST"))));
  }

  @Override
  public ReadResult<Map<ObisCode, BigDecimal>> values() {
    var wanted = new ArrayList<RegisterRange>();
    for (var register : tables.registers()) {
      if (register.address() != null) {
        wanted.add(register.address().range());
      }
    }
    var defined = tables.addresses().values().stream().map(Address::range).toList();
    var plan = ReadPlan.of(wanted, defined, MOST);
    return Registers.read(connection::readInput, plan)
        .fold(
            complete -> ReadResult.complete(values(complete.value())),
            partial -> new ReadResult.Partial<>(values(partial.value()), partial.fault()),
            failed -> new ReadResult.Failed<>(failed.fault()));
  }

  private Map<ObisCode, BigDecimal> values(Registers read) {
    var found = new HashMap<ObisCode, BigDecimal>();
    for (var register : tables.registers()) {
      var address = register.address();
      if (address != null) {
        read.holding(address.range())
            .ifPresent(
                words ->
                    found.put(
                        register.channel().obis(),
                        Dmed4Tables.scaled(address.number(words), register.addressFactor())));
      }
    }
    return found;
  }

  @Override
  public ReadResult<Long> time() {
    return blocks.number("time");
  }

  @Override
  public CommandResult setTime(long seconds) {
    return blocks.write("time", seconds);
  }

  @Override
  public ReadResult<Map<String, String>> settings() {
    return Results.then(
        identity(),
        bytes -> {
          var found = new LinkedHashMap<String, String>();
          found.put("model", tables.modelName(Dmed4Tables.FUNCTION_11, hex(bytes[MODEL])));
          found.put("meas_fw_rev", Integer.toString(bytes[FIRMWARE] & 0xff));
          found.put("hardware revision", Integer.toString(bytes[HARDWARE] & 0xff));
          found.put("parameter revision", Integer.toString(bytes[PARAMETER_REVISION] & 0xff));
          found.put("pow_fw_rev", Integer.toString(bytes[ETHERNET_FIRMWARE] & 0xff));
          var faults = new ArrayList<Fault>();
          var checksum = blocks.number("firmwareChecksum");
          put(found, faults, "meas_fw_cks", Results.map(checksum, "%08X"::formatted));
          number(found, faults, "sync_timeout", "syncTimeout");
          number(found, faults, "signature_format", "signatureFormat");
          number(found, faults, "datetime_offset", "zoneOffset");
          put(found, faults, "public_key", blocks.hex("publicKeyRaw"));
          var block = parameters();
          if (Results.value(block) != null) {
            found.putAll(Parameters.texts(tables, Results.value(block), null));
          } else {
            faults.add(Results.fault(block));
          }
          var all = Collections.unmodifiableMap(found);
          return faults.isEmpty()
              ? ReadResult.complete(all)
              : new ReadResult.Partial<>(all, faults.get(0));
        });
  }

  private void number(Map<String, String> found, List<Fault> faults, String key, String register) {
    put(found, faults, key, Results.map(blocks.number(register), Object::toString));
  }

  private static void put(
      Map<String, String> found, List<Fault> faults, String key, ReadResult<String> read) {
    if (Results.value(read) != null) {
      found.put(key, Results.value(read));
    } else {
      faults.add(Results.fault(read));
    }
  }

  @Override
  public ReadResult<ChargeSettings> chargeSettings() {
    return Results.map(
        blocks.number("zoneOffset"), offset -> new ChargeSettings(null, null, offset));
  }

  @Override
  public CommandResult setChargeSettings(ChargeSettings wanted) {
    return wanted.cableResistance() != null || wanted.tariff() != null
        ? unsupported("sets cable resistance and tariff")
        : blocks.write("zoneOffset", wanted.offset());
  }

  private CommandResult unsupported(String what) {
    return Results.refused(
        Kind.UNSUPPORTED, address() + " " + what + " over REST only; nothing was sent");
  }

  @Override
  public ReadResult<SortedMap<String, Long>> parameters() {
    return parameters.read();
  }

  @Override
  public CommandResult setParameters(
      SortedMap<String, Long> before, SortedMap<String, Long> after) {
    return parameters.write(before, after);
  }

  @Override
  public ReadResult<ChargeStatus> chargeStatus() {
    return Results.then(
        blocks.numbers("measurementStatus", "signatureStatus"),
        status ->
            Results.map(
                blocks.numbers("errors1", "errors2"),
                errors ->
                    new ChargeStatus(status.get(0), status.get(1), errors.get(0), errors.get(1))));
  }

  /** In pieces, then its length, by which the meter knows that it is whole (manual p. 5). */
  @Override
  public CommandResult input(String json) {
    var bytes = json.getBytes(StandardCharsets.UTF_8);
    return Results.command(
        blocks.writeBytes("input", bytes), () -> blocks.write("inputLength", bytes.length));
  }

  @Override
  public CommandResult command(CycleCommand command) {
    return blocks.write("command", command.code());
  }

  @Override
  public ReadResult<String> output() {
    return log.output();
  }

  @Override
  public ReadResult<String> publicKey() {
    return Results.then(
        blocks.bytes("publicKey"),
        bytes ->
            PublicKeyText.ofBytes(bytes)
                .map(ReadResult::complete)
                .orElseGet(
                    () ->
                        Results.then(
                            blocks.hex("publicKeyRaw"),
                            hex ->
                                PublicKeyText.ofCoordinates(hex)
                                    .map(ReadResult::complete)
                                    .orElseGet(
                                        () ->
                                            ReadResult.failed(
                                                Kind.INVALID_DATA,
                                                address() + " tells no public key")))));
  }

  @Override
  public ReadResult<Log> recordLog() {
    return log.records();
  }

  @Override
  public ReadResult<LogPlace> look(Lookup by, long value) {
    return log.look(by, value);
  }

  @Override
  public ReadResult<Integer> eventCount() {
    return Results.map(blocks.number("events"), Long::intValue);
  }

  @Override
  public ReadResult<Event> event(int index, int count) {
    return log.event(count - 1 - index);
  }

  @Override
  public CommandResult endCommissioning() {
    return unsupported("ends its commissioning");
  }

  /** That parameters are locked for ever shows over REST only. */
  @Override
  public ReadResult<String> operativeStatus() {
    return ReadResult.failed(
        Kind.UNSUPPORTED, address() + " tells over REST only whether it is commissioned");
  }

  @Override
  public CommandResult showPage(Boolean on, Integer page) {
    var steps = new ArrayList<Supplier<CommandResult>>();
    if (on != null) {
      steps.add(() -> blocks.write("displayOn", on ? 1 : 0));
    }
    if (page != null) {
      steps.add(() -> blocks.write("displayPage", page));
    }
    return Results.inOrder(steps);
  }

  @Override
  public CommandResult showViewerPage(int page) {
    return blocks.write("viewerPage", page);
  }

  @Override
  public CommandResult showLines(int meter, List<Line> lines) {
    var steps = new ArrayList<Supplier<CommandResult>>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i);
      var place = "" + meter + (i + 1);
      steps.add(() -> blocks.writeText("title" + place, line.title()));
      steps.add(() -> blocks.writeText("text" + place, line.text()));
    }
    return Results.inOrder(steps);
  }

  @Override
  public void close() {
    connection.close();
  }
}
