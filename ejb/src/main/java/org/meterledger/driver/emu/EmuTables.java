package org.meterledger.driver.emu;

import java.util.List;
import java.util.Map;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/** The tables of a model of this protocol, in the types that the driver works with. */
record EmuTables(
    MeterModel model,
    List<Channel> channels,
    DataFormat data,
    LogbookFormat logbook,
    List<StatusBit> statusBits,
    List<Register> registers) {

  static final String LOAD_PROFILE = "load-profile";
  static final String LOGBOOK = "logbook";
  static final String REGISTERS = "registers";
  static final String SETTINGS = "settings";

  /**
   * A row of status.csv.
   *
   * @param flag what the bit means for a row; 0 for nothing
   * @param event whether the bit is worth a line of the logbook when it comes up
   */
  record StatusBit(int bit, int flag, boolean event, int code) {}

  /**
   * A row of registers.csv.
   *
   * @param factor power of ten from the printed number to the channel's unit
   * @param timeKey of the time at which a minimum or maximum occurred; empty for other registers
   */
  record Register(String key, Channel channel, int factor, String timeKey) {}

  static EmuTables of(MeterModel model) {
    var profile = model.table(LOAD_PROFILE);
    return new EmuTables(
        model,
        profile.stream().map(EmuTables::channel).toList(),
        new DataFormat(profile.stream().map(EmuTables::dataColumn).toList()),
        new LogbookFormat(model.table(LOGBOOK).stream().map(EmuTables::logbookColumn).toList()),
        model.table("status").stream().map(EmuTables::statusBit).toList(),
        model.table(REGISTERS).stream().map(EmuTables::register).toList());
  }

  /** Bits of {@link RowStatus} for a status byte of the meter. */
  int flags(int status) {
    return statusBits.stream()
        .filter(entry -> (status & entry.bit()) != 0)
        .mapToInt(StatusBit::flag)
        .reduce(0, (a, b) -> a | b);
  }

  List<Channel> registerChannels() {
    return registers.stream().map(Register::channel).toList();
  }

  private static Channel channel(Map<String, String> row) {
    return new Channel(
        ObisCode.of(row.get("obis")),
        Unit.ofSymbol(row.get("unit")),
        Integer.parseInt(row.get("scaler")),
        Long.parseLong(row.get("rollover")));
  }

  private static DataFormat.Column dataColumn(Map<String, String> row) {
    return new DataFormat.Column(
        Integer.parseInt(row.get("column")),
        ObisCode.of(row.get("obis")).shortText(),
        Long.parseLong(row.get("minimum")),
        Long.parseLong(row.get("maximum")));
  }

  private static LogbookFormat.Column logbookColumn(Map<String, String> row) {
    return new LogbookFormat.Column(
        Integer.parseInt(row.get("column")),
        row.get("key"),
        row.get("kind").equals("time"),
        number(row.get("before")),
        number(row.get("changes")));
  }

  private static StatusBit statusBit(Map<String, String> row) {
    var flag = row.get("flag");
    return new StatusBit(
        Integer.parseInt(row.get("bit")),
        flag.isEmpty() ? 0 : RowStatus.valueOf(flag).bit(),
        row.get("event").equals("yes"),
        Integer.parseInt(row.get("code")));
  }

  private static Register register(Map<String, String> row) {
    var channel =
        new Channel(
            ObisCode.of(row.get("obis")),
            Unit.ofSymbol(row.get("unit")),
            Integer.parseInt(row.get("scaler")),
            0);
    return new Register(
        row.get("key"), channel, Integer.parseInt(row.get("factor")), row.get("time_key"));
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }
}
