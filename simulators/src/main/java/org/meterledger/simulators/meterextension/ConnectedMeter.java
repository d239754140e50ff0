package org.meterledger.simulators.meterextension;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.simulators.LoadShape;

/** A meter whose telegrams a box hears. */
public final class ConnectedMeter {

  /**
   * How a meter is built.
   *
   * @param meterId as the box tells it, for example {@code 1KFM0100000015}
   * @param seed decides every value together with the time
   * @param mountedAt when counting began
   */
  public record Settings(
      String meterId, Region region, LoadShape shape, long seed, Instant mountedAt) {}

  /**
   * A value as the box tells it.
   *
   * @param value the number times ten to its scale, with just its digits
   * @param unit code of the unit
   * @param at time of the telegram it came with, in whole seconds
   */
  public record Value(String meterId, String obis, BigDecimal value, int unit, Instant at) {}

  private final Settings settings;
  private final List<Register> registers;
  private final Consumption now;
  private final Consumption atTheHour;

  ConnectedMeter(Settings settings) {
    this.settings = settings;
    this.registers = settings.region().registers();
    long mounted = settings.mountedAt().getEpochSecond();
    this.now = new Consumption(settings.shape(), settings.seed(), mounted);
    this.atTheHour = new Consumption(settings.shape(), settings.seed(), mounted);
  }

  public Settings settings() {
    return settings;
  }

  /** A register with what it holds; the number is as it is sent. */
  record Told(Register register, long number, long at) {}

  /** What the last telegrams held; empty before the first one. */
  List<Told> told(Instant at) {
    long second = at.getEpochSecond();
    long mounted = settings.mountedAt().getEpochSecond();
    long telegram = before(second, settings.region().telegrams().toSeconds());
    long hour = before(second, 3600);
    now.advance(telegram);
    atTheHour.advance(hour);
    List<Told> told = new ArrayList<>();
    for (Register register : registers) {
      long heard = register.hourly() ? hour : telegram;
      if (heard >= mounted) {
        Consumption load = register.hourly() ? atTheHour : now;
        told.add(new Told(register, register.value().applyAsLong(load), heard));
      }
    }
    return told;
  }

  private static long before(long second, long period) {
    return second - Math.floorMod(second, period);
  }

  List<Value> truth(Instant at) {
    return told(at).stream()
        .map(
            each ->
                new Value(
                    settings.meterId(),
                    each.register().obis(),
                    BigDecimal.valueOf(each.number(), -each.register().scale()),
                    each.register().unit(),
                    Instant.ofEpochSecond(each.at())))
        .toList();
  }
}
