package org.meterledger.driver.g13;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;

/**
 * The settings of a device, as many parts as its kind has.
 *
 * @param <D> {@link G13Meter} or {@link G13Gateway}
 */
final class Settings<D> implements SettingsTarget {

  static final List<Part<G13Meter>> OF_A_METER = List.of(new TransformerPart());

  private final List<Part<D>> parts;
  private final Supplier<ReadResult<D>> device;

  /**
   * @param device asked only when it is called
   */
  Settings(List<Part<D>> parts, Supplier<ReadResult<D>> device) {
    this.parts = parts;
    this.device = device;
  }

  @Override
  public List<SettingsPart> parts() {
    return parts.stream().map(Part::description).toList();
  }

  /**
   * @throws IllegalArgumentException when there is no such part
   */
  private Part<D> part(String name) {
    return parts.stream()
        .filter(part -> part.description().name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No part of the settings is " + name));
  }

  @Override
  public void checkPart(String part, JsonObject values) {
    part(part).check(values);
  }

  @Override
  public ReadResult<PartReading> readPart(String part) {
    return Results.then(device.get(), part(part)::read);
  }

  @Override
  public CommandResult writePart(String part, JsonObject before, JsonObject after) {
    return device
        .get()
        .fold(
            complete -> part(part).write(complete.value(), before, after),
            partial -> new CommandResult.Refused(partial.fault()),
            failed -> new CommandResult.Refused(failed.fault()));
  }
}
