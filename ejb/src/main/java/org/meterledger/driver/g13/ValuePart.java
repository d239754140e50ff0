package org.meterledger.driver.g13;

import jakarta.json.JsonObject;
import java.util.Map;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget.PartReading;

/**
 * A part that is one value, read by one request and sent by another.
 *
 * @param <D> {@link G13Meter} or {@link G13Gateway}
 * @param <V> what the part is
 */
abstract class ValuePart<D, V> implements Part<D> {

  private final SettingsPart description;

  ValuePart(SettingsPart description) {
    this.description = description;
  }

  abstract ReadResult<V> ask(D device);

  /** What the device told, also where it would not take it. */
  abstract JsonObject json(V told);

  /**
   * @throws InvalidSetting when a rule over several fields is broken
   */
  abstract V value(JsonObject values);

  abstract CommandResult send(D device, V wanted);

  @Override
  public final SettingsPart description() {
    return description;
  }

  @Override
  public final ReadResult<PartReading> read(D device) {
    return Results.then(
        ask(device), told -> ReadResult.complete(new PartReading(json(told), Map.of())));
  }

  @Override
  public final void check(JsonObject values) {
    value(values);
  }

  @Override
  public final CommandResult write(D device, JsonObject before, JsonObject after) {
    return send(device, value(after));
  }
}
