package org.meterledger.driver.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.modbus.ModbusConnection;
import org.meterledger.driver.modbus.Words;

/** The requests of which the manual prints the bytes, without node and CRC. */
class ModbusFramesTest {

  private final List<String> sent = new ArrayList<>();
  private final ModbusMeter meter =
      new ModbusMeter(new Recording(), GoldenValuesTest.TABLES, time -> {});

  /** Answers all reads with zeros, and takes all writes. */
  private final class Recording implements ModbusConnection {

    @Override
    public ReadResult<Words> readHolding(int address, int count) {
      return read(3, address, count);
    }

    @Override
    public ReadResult<Words> readInput(int address, int count) {
      return read(4, address, count);
    }

    private ReadResult<Words> read(int function, int address, int count) {
      sent.add("%02X %04X %04X".formatted(function, address, count));
      return ReadResult.complete(Words.of(address, new byte[2 * count]));
    }

    @Override
    public CommandResult writeSingle(int address, int value) {
      sent.add("06 %04X %04X".formatted(address, value));
      return new CommandResult.Accepted(Instant.EPOCH);
    }

    @Override
    public CommandResult writeMultiple(int address, int... values) {
      sent.add("10 %04X %s".formatted(address, Arrays.toString(values)));
      return new CommandResult.Accepted(Instant.EPOCH);
    }

    @Override
    public ReadResult<byte[]> reportSlaveId() {
      return ReadResult.complete(new byte[] {0x33, 1, 1, 1, 2, 1, 0, 0});
    }

    @Override
    public String address() {
      return "recorded";
    }

    @Override
    public void close() {}
  }

  @Test
  void parameterIsSetAndSavedAsPrinted() {
    var before = new TreeMap<String, Long>();
    GoldenValuesTest.TABLES.parameters().forEach(each -> before.put(each.name(), 0L));
    var after = new TreeMap<>(before);
    after.put("P02_01", 1L);

    meter.setParameters(before, after);

    assertThat(sent)
        .containsExactly(
            "06 4FFF 0002", "06 5000 0000", "06 5001 0001", "06 5003 0001", "06 2F02 0005");
  }

  @Test
  void pageIsShownAsPrinted() {
    meter.showViewerPage(4);

    assertThat(sent).containsExactly("06 2F4F 0004");
  }

  /** {@code 08 06 00 01 00 04} is printed for reading, and would write 4. */
  @Test
  void energyIsReadByFunctionFour() {
    meter.values();

    assertThat(sent).isNotEmpty().allMatch(request -> request.startsWith("04 "));
    assertThat(sent.get(0)).startsWith("04 0001 ");
    assertThat(sent)
        .as("at most 120 registers, and none that is not defined")
        .allMatch(request -> Integer.parseInt(request.substring(8), 16) <= 120)
        .noneMatch(request -> request.startsWith("04 0021"));
  }

  @Test
  void somethingElseIsNoDmed4() {
    assertThat(meter.identify())
        .isInstanceOfSatisfying(
            ReadResult.Failed.class,
            failed -> assertThat(failed.fault().kind()).isEqualTo(Kind.INVALID_DATA));
  }
}
