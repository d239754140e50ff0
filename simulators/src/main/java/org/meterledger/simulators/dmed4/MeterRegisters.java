package org.meterledger.simulators.dmed4;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** The registers of a meter under the numbers that the manual prints. */
final class MeterRegisters {
  private final Dmed4Meter meter;
  private final RegisterMap map = new RegisterMap();
  private int menu;
  private int submenu;
  private int parameter;

  private MeterRegisters(Dmed4Meter meter) {
    this.meter = meter;
  }

  static RegisterMap of(Dmed4Meter meter) {
    MeterRegisters registers = new MeterRegisters(meter);
    registers.measures();
    registers.status();
    registers.cycle();
    registers.signatures();
    registers.settings();
    new LogRegisters(meter).addTo(registers.map);
    return registers.map;
  }

  private void measures() {
    measure(0x0002, 4, Readings::importedWh);
    measure(0x0006, 4, Readings::cycleImportedWh);
    measure(0x000A, 2, Readings::centivolts);
    measure(0x000C, 2, Readings::tenthMilliamperes);
    measure(0x000E, 4, Readings::watts);
    measure(0x0012, 1, Readings::temperature1);
    measure(0x0013, 1, readings -> Readings.fahrenheit(readings.temperature1()));
    measure(0x0014, 1, Readings::temperature2);
    measure(0x0015, 1, readings -> Readings.fahrenheit(readings.temperature2()));
    measure(0x0016, 4, Readings::exportedWh);
    measure(0x001A, 4, Readings::cycleExportedWh);
    measure(0x001E, 4, Readings::exchangedWh);
    measure(0x0030, 4, Readings::totalSeconds);
    measure(0x0034, 4, Readings::workingSeconds);
    measure(0x0200, 2, Readings::centivolts);
    measure(0x0202, 2, Readings::tenthMilliamperes);
    measure(0x0204, 4, Readings::watts);
    map.number(0x0208, 2, this::unixSeconds);
    map.word(0x020A, meter.clock::offsetMinutes);
    map.word(0x020D, () -> meter.events.capacity());
    map.word(0x020E, () -> meter.events.size());
    map.word(0x0220, () -> meter.cycle.log().capacity());
    map.word(0x0221, () -> meter.cycle.log().size());
  }

  private void measure(int register, int words, ToLongFunction<Readings> value) {
    map.number(register, words, () -> value.applyAsLong(meter.measurement.readings()));
  }

  private long unixSeconds() {
    return meter.clock.unixSeconds(meter.now());
  }

  private void status() {
    map.number(0x4000, 2, () -> statusNow().error1());
    map.number(0x4002, 2, () -> statusNow().error2());
    map.number(0x4004, 2, meter::firmwareChecksum);
    map.number(0x4080, 2, this::unixSeconds, meter::setClock);
    map.word(0x4200, () -> statusNow().measurement());
    map.word(
        0x4201,
        () -> {
          meter.statusRead();
          return statusNow().signature();
        });
    map.word(0x4202, () -> output(record -> Texts.ascii(record.text())).length);
    map.word(0x4203, () -> output(record -> Texts.ascii(record.payload())).length);
    map.word(0x4204, () -> output(this::signature).length);
  }

  private ChargeStatus statusNow() {
    return meter.cycle.status(meter.now());
  }

  private void cycle() {
    map.word(0x4280, () -> meter.cycle.command(), this::command);
    map.word(
        0x4281, () -> meter.cycle.inputLength(), length -> meter.cycle.submit(length, meter.now()));
    map.word(0x4282, () -> meter.parameters.base64() ? 1 : 0);
    map.word(0x4283, () -> (int) meter.parameters.syncTimeoutMinutes());
    map.word(0x4284, meter.clock::offsetMinutes, minutes -> meter.setOffset((short) minutes));
    map.block(
        0x4A00, 512, () -> meter.cycle.input(), (word, piece) -> meter.cycle.write(word, piece));
  }

  private void command(int word) {
    ChargeCommand command =
        ChargeCommand.ofWord(word).orElseThrow(() -> Refusal.value("Command " + word));
    meter.cycle.command(command, meter.now(), false);
  }

  private void signatures() {
    map.block(0x4400, 512, () -> output(record -> Texts.ascii(record.text())));
    map.block(0x4600, 32, () -> meter.cycle.key().raw());
    map.block(0x4620, 32, () -> output(record -> meter.cycle.key().signRaw(record.payload())));
    map.block(0x4640, 128, () -> output(this::signature));
    map.block(0x46C0, 512, () -> output(record -> Texts.ascii(record.payload())));
    map.command(0x4F10, meter.display::turn);
    map.command(0x4F11, meter.display::show);
    map.block(0x4F20, 48, () -> meter.cycle.key().spki());
  }

  /** The signature as the text that the record has it in. */
  private byte[] signature(OcmfRecord record) {
    return Texts.ascii(meter.cycle.key().signText(record.payload(), meter.parameters.base64()));
  }

  /** Something of the record made last, nothing while there is none. */
  private byte[] output(Function<OcmfRecord, byte[]> part) {
    return Optional.ofNullable(meter.cycle.output(meter.now())).map(part).orElse(new byte[0]);
  }

  private void settings() {
    map.command(0x2F03, meter::save);
    map.word(0x5000, () -> menu, value -> menu = value);
    map.word(0x5001, () -> submenu, value -> submenu = value);
    map.word(0x5002, () -> parameter, value -> parameter = value);
    map.block(0x5004, 28, this::parameter, this::setParameter);
  }

  private String name() {
    if (submenu != 0) {
      throw Refusal.operation("No menu has submenus");
    }
    return String.format(Locale.ROOT, "P%02d_%02d", menu, parameter);
  }

  private byte[] parameter() {
    long value = meter.parameters.value(name());
    byte[] bytes = new byte[2 * meter.parameters.words(name())];
    for (int place = bytes.length - 1; place >= 0; place--) {
      bytes[place] = (byte) value;
      value >>= 8;
    }
    return bytes;
  }

  private void setParameter(int word, byte[] piece) {
    meter.installation.refuseLockedParameters();
    if (word != 0 || piece.length != 2 * meter.parameters.words(name())) {
      throw Refusal.value("Width of " + name());
    }
    long value = 0;
    for (byte each : piece) {
      value = value << 8 | each & 0xFF;
    }
    meter.parameters.stage(name(), value);
  }
}
