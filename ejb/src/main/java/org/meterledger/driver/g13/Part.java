package org.meterledger.driver.g13;

import jakarta.json.JsonObject;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget.PartReading;

/**
 * A part of the settings, kept apart from the device, so that it can be checked when none is at
 * hand.
 *
 * @param <D> {@link G13Meter} or {@link G13Gateway}
 */
interface Part<D> {

  SettingsPart description();

  ReadResult<PartReading> read(D device);

  /**
   * @param values obey the {@link #description()}
   * @throws InvalidSetting when a rule over several fields is broken
   */
  void check(JsonObject values);

  CommandResult write(D device, JsonObject before, JsonObject after);
}
