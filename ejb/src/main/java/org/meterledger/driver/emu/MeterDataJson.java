package org.meterledger.driver.emu;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.emu.EmuTables.Register;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;

/** {@code /meterdata.json}, manual p. 7 to 10: present values, minima and maxima. */
final class MeterDataJson {

  static final String PATH = "/meterdata.json";

  private static final String TIME = "meterdatetime";

  private MeterDataJson() {}

  /**
   * Partial where a value is there that is no such number as the manual prints; the others stay.
   */
  static ReadResult<RegisterReading> reading(
      JsonObject data, List<Register> registers, String address) {
    // Serial numbers below 22350000 have no minima and maxima (manual p. 5).
    var extremes = JsonValue.TRUE.equals(data.get("showMinMax"));
    var values = new ArrayList<RegisterValue>();
    String broken = null;
    for (Register register : registers) {
      var wanted = register.timeKey().isEmpty() || extremes;
      if (!wanted || JsonText.text(data, register.key()).isEmpty()) {
        continue;
      }
      var number = value(data, register);
      if (number.isEmpty()) {
        broken = register.key();
      } else {
        values.add(registerValue(data, register, number.get()));
      }
    }
    if (values.isEmpty()) {
      return ReadResult.failed(
          Kind.INVALID_DATA, address + PATH + " holds none of this meter's values");
    }
    var reading = new RegisterReading(JsonText.time(data, TIME).orElse(null), values);
    return broken == null
        ? ReadResult.complete(reading)
        : new ReadResult.Partial<>(
            reading,
            new Fault(Kind.PROTOCOL, address + PATH + " gives no usable number for " + broken));
  }

  /** The meter's clock, in whole seconds. */
  static ReadResult<Instant> clock(JsonObject data, String address) {
    if (JsonText.number(data, TIME).isEmpty()) {
      return ReadResult.failed(Kind.INVALID_DATA, address + PATH + " holds no " + TIME);
    }
    return JsonText.time(data, TIME)
        .map(ReadResult::complete)
        .orElseGet(() -> ReadResult.failed(Kind.UNSUPPORTED, address + " does not know the time"));
  }

  /** Empty also for digits below the channel's scaler: rounding would invent a reading. */
  private static Optional<BigDecimal> value(JsonObject data, Register register) {
    return JsonText.number(data, register.key())
        .map(printed -> printed.scaleByPowerOfTen(register.factor()))
        .map(exact -> exact.scale() < 0 ? exact.setScale(0) : exact)
        .filter(exact -> exact.stripTrailingZeros().scale() <= -register.channel().scaler());
  }

  private static RegisterValue registerValue(JsonObject data, Register register, BigDecimal value) {
    return new RegisterValue(
        register.channel().obis(),
        new Quantity(value, register.channel().unit()),
        JsonText.time(data, register.timeKey()).orElse(null));
  }
}
