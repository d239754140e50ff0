package org.meterledger.driver;

import java.util.Set;
import org.meterledger.driver.model.MeterModel;

/**
 * Speaks one protocol. Implementations are CDI beans, found with {@code Instance<MeterDriver>};
 * what differs between two models of the same protocol is data, see {@code device-models/}.
 *
 * <p>A session adds to {@link MeterSession} the capabilities its model has: {@link RegisterSource},
 * {@link LoadProfileSource}, {@link BillingSource}, {@link DemandSource}, {@link EventLogSource},
 * {@link SettingsSource}, {@link SettingsTarget}, {@link ClearTarget}, {@link RegisterResetTarget},
 * {@link RebootTarget}, {@link ClockSource}, {@link ClockTarget}, {@link TariffTarget}, {@link
 * FirmwareTarget}, {@link MeterScan}, {@link SwitchTarget}, {@link CosemSource}, {@link
 * WifiTarget}, {@link MeterKeyTarget}, {@link FactoryResetTarget}, {@link ErrandTarget}, {@link
 * ChargingSource}, {@link ChargeCycleTarget}, {@link DisplayTarget}, {@link CommissioningTarget}.
 */
public interface MeterDriver {

  /** As written in {@code model.properties}, for example {@code emu}. */
  String protocol();

  /** For pages and plans: known without calling the meter. */
  Set<Class<? extends Capability>> capabilities(MeterModel model);

  /** Whether its meters can be called at such an address; most speak HTTP only, at no path. */
  default boolean reaches(Endpoint endpoint) {
    return endpoint instanceof Endpoint.Http http
        ? http.path().isEmpty()
        : !(endpoint instanceof Endpoint.Modbus);
  }

  /**
   * Whether several meters of a model may answer at one address. The endpoint then names the one
   * that is meant, as it does for a meter behind a gateway.
   */
  default boolean severalAtAddress(MeterModel model) {
    return false;
  }

  /** Does not call the meter yet: the first read connects, and answers UNREACHABLE if it cannot. */
  MeterSession open(MeterModel model, Endpoint endpoint);
}
