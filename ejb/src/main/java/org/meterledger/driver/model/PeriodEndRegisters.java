package org.meterledger.driver.model;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.metering.ObisCode;

/**
 * Of a model that keeps no load profile: the registers that the portal reads at the end of each
 * period, to make one of them. Taken from two tables of the model: {@code profile-by-reading} names
 * the registers, {@code profile-by-reading-periods} how long a period may be.
 *
 * @param registers in the order of the channels, 1..63
 * @param periods the first is the usual one
 */
public record PeriodEndRegisters(List<Register> registers, List<Period> periods) {

  /** {@code obis,rollover,maximum_power,page}. */
  public static final String TABLE = "profile-by-reading";

  /** {@code period_s,tolerance_s}, the usual one first. */
  public static final String PERIODS = "profile-by-reading-periods";

  private static final int MOST_REGISTERS = 63;
  private static final long SECONDS_PER_HOUR = 3_600;
  private static final long SECONDS_PER_MINUTE = 60;

  /**
   * @param obis of a cumulative register that the driver reads as present value
   * @param rollover in counts of the register as the driver scales it: where it begins again at
   *     zero; 0 where the maker does not say
   * @param maximumPower in W, var or VA: more the meter cannot measure, so what would need more was
   *     not counted; null where the maker does not say
   */
  public record Register(ObisCode obis, long rollover, BigDecimal maximumPower) {}

  /**
   * @param length whole minutes that divide an hour
   * @param tolerance a reading that comes later after the period's end is flagged; less than half
   *     the period
   */
  public record Period(Duration length, Duration tolerance) {}

  public PeriodEndRegisters {
    registers = List.copyOf(registers);
    periods = List.copyOf(periods);
  }

  /**
   * Empty for a model without these tables.
   *
   * @throws IllegalStateException when a table breaks a rule; names model, table and rule
   */
  public static Optional<PeriodEndRegisters> of(MeterModel model) {
    var registers = model.table(TABLE);
    if (registers.isEmpty()) {
      return Optional.empty();
    }
    if (registers.size() > MOST_REGISTERS) {
      throw broken(model, TABLE, "no more than " + MOST_REGISTERS + " registers");
    }
    var periods = model.table(PERIODS);
    if (periods.isEmpty()) {
      throw broken(model, PERIODS, "at least one period");
    }
    return Optional.of(
        new PeriodEndRegisters(
            registers.stream().map(row -> register(model, row)).toList(),
            periods.stream().map(row -> period(model, row)).toList()));
  }

  /** The period as long as {@code wanted} where there is one, else the usual one. */
  public Period period(Duration wanted) {
    return periods.stream()
        .filter(each -> each.length().equals(wanted))
        .findFirst()
        .orElse(periods.get(0));
  }

  private static Register register(MeterModel model, Map<String, String> row) {
    var obis = ObisCode.of(row.get("obis"));
    if (!obis.cumulative()) {
      throw broken(model, TABLE, obis + " only counts up");
    }
    var rollover = row.get("rollover");
    var power = row.get("maximum_power");
    var register =
        new Register(
            obis,
            rollover.isEmpty() ? 0 : Long.parseLong(rollover),
            power.isEmpty() ? null : new BigDecimal(power));
    if (register.rollover() < 0 || !power.isEmpty() && register.maximumPower().signum() <= 0) {
      throw broken(model, TABLE, obis + " has no negative limits");
    }
    return register;
  }

  private static Period period(MeterModel model, Map<String, String> row) {
    long seconds = Long.parseLong(row.get("period_s"));
    long tolerance = Long.parseLong(row.get("tolerance_s"));
    if (seconds < SECONDS_PER_MINUTE
        || seconds % SECONDS_PER_MINUTE != 0
        || SECONDS_PER_HOUR % seconds != 0) {
      throw broken(model, PERIODS, seconds + " s are whole minutes that divide an hour");
    }
    if (tolerance < 0 || 2 * tolerance >= seconds) {
      throw broken(model, PERIODS, "tolerance " + tolerance + " s is less than half the period");
    }
    return new Period(Duration.ofSeconds(seconds), Duration.ofSeconds(tolerance));
  }

  private static IllegalStateException broken(MeterModel model, String table, String rule) {
    return new IllegalStateException(model.id() + ", table " + table + ": " + rule);
  }
}
