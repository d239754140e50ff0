package org.meterledger.reading;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.driver.model.PeriodEndRegisters;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;
import org.meterledger.simulators.SettableClock;

/**
 * EMU meters as if they kept no load profile: all they give is their registers, of eight digits.
 */
final class RegistersOnly implements MeterDriver {

  static final String MODEL = "registers-only";

  private static final MeterModel EMU = new MeterModels().get("emu-professional-ii");
  private static final BigDecimal SIZE = BigDecimal.TEN.pow(8);

  /** Wh by which its energy registers differ from those of the simulated meter. */
  volatile long turnedBy;

  /** What is told of a register instead; null for nothing. */
  volatile UnaryOperator<RegisterValue> tells = each -> each;

  /** What passes from the question to the answer. */
  volatile Duration takes = Duration.ZERO;

  private final EmuDriver emu;
  private final SettableClock clock;

  RegistersOnly(SettableClock clock) {
    this.clock = clock;
    this.emu = new EmuDriver(clock);
  }

  /**
   * @param periods in seconds with the tolerance of each, the usual one first
   */
  static MeterModels models(List<Map<String, String>> periods) {
    var registers = new ArrayList<Map<String, String>>();
    for (var obis : List.of("1-0:1.8.1*255", "1-0:1.8.2*255", "1-0:2.8.1*255", "1-0:2.8.2*255")) {
      registers.add(
          Map.of("obis", obis, "rollover", SIZE.toPlainString(), "maximum_power", "50000"));
    }
    return new MeterModels(
        List.of(
            EMU,
            new MeterModel(
                MODEL,
                "test",
                "test",
                MODEL,
                "test 1",
                Map.of(
                    PeriodEndRegisters.TABLE, registers,
                    PeriodEndRegisters.PERIODS, periods))));
  }

  static Map<String, String> period(int seconds, int tolerance) {
    return Map.of("period_s", String.valueOf(seconds), "tolerance_s", String.valueOf(tolerance));
  }

  @Override
  public String protocol() {
    return MODEL;
  }

  @Override
  public Set<Class<? extends Capability>> capabilities(MeterModel model) {
    return Set.of(RegisterSource.class);
  }

  @Override
  public MeterSession open(MeterModel model, Endpoint endpoint) {
    return new Session(emu.open(EMU, endpoint));
  }

  private final class Session implements MeterSession, RegisterSource {

    private final MeterSession session;

    Session(MeterSession session) {
      this.session = session;
    }

    @Override
    public ReadResult<Identification> identify() {
      return session.identify();
    }

    @Override
    public <C extends Capability> Optional<C> as(Class<C> wanted) {
      return wanted == RegisterSource.class ? Optional.of(wanted.cast(this)) : Optional.empty();
    }

    @Override
    public List<Channel> registers() {
      return session.as(RegisterSource.class).orElseThrow().registers();
    }

    @Override
    public ReadResult<RegisterReading> readRegisters() {
      var told = session.as(RegisterSource.class).orElseThrow().readRegisters();
      clock.advance(takes);
      return told.fold(
          complete -> ReadResult.complete(turned(complete.value())),
          partial -> partial,
          failed -> failed);
    }

    private RegisterReading turned(RegisterReading reading) {
      return new RegisterReading(
          reading.meterTime(),
          reading.values().stream()
              .map(each -> each.obis().cumulative() ? turned(each) : each)
              .map(tells)
              .filter(Objects::nonNull)
              .toList());
    }

    private RegisterValue turned(RegisterValue each) {
      var value = each.quantity().value().add(BigDecimal.valueOf(turnedBy)).remainder(SIZE);
      return new RegisterValue(
          each.obis(), new Quantity(value, each.quantity().unit()), each.occurredAt());
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
