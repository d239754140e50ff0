package org.meterledger.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.driver.model.PeriodEndRegisters;

/** Drives EMU meters as if they kept nothing, so that their load profile is made by reading. */
record RegistersOnly(MeterDriver emu) implements MeterDriver {

  static final String MODEL = "registers-only";

  private static final MeterModel EMU = new MeterModels().get("emu-professional-ii");

  static MeterModels models() {
    return new MeterModels(
        List.of(
            new MeterModel(
                MODEL,
                EMU.manufacturer(),
                EMU.name(),
                MODEL,
                EMU.source(),
                Map.of(
                    PeriodEndRegisters.TABLE,
                    List.of(register("1-0:1.8.1"), register("1-0:1.8.2")),
                    PeriodEndRegisters.PERIODS,
                    List.of(Map.of("period_s", "900", "tolerance_s", "60"))))));
  }

  private static Map<String, String> register(String obis) {
    return Map.of("obis", obis, "rollover", "", "maximum_power", "");
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

  private record Session(MeterSession session) implements MeterSession {

    @Override
    public ReadResult<Identification> identify() {
      return session.identify();
    }

    @Override
    public <C extends Capability> Optional<C> as(Class<C> wanted) {
      return wanted == RegisterSource.class ? session.as(wanted) : Optional.empty();
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
