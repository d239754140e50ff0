package org.meterledger.driver.g13;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.util.List;
import java.util.function.Supplier;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsTarget;

/**
 * The settings of a device, as many parts as its kind has.
 *
 * @param <D> {@link G13Meter} or {@link G13Gateway}
 */
final class Settings<D> implements SettingsTarget {

  static final List<Part<G13Meter>> OF_A_METER =
      List.of(
          new ClockPart(),
          new TransformerPart(),
          new ConversionPart(),
          new LoadProfilePart(),
          new PreviousValuesPeriodPart(),
          new PreviousValuesPart(),
          new DemandPeriodPart(),
          new DemandPart(),
          new AlarmPart(),
          new PortsPart(),
          new PulsesPart());

  static final List<Part<G13Gateway>> OF_A_GATEWAY =
      List.of(
          new NamingPart(),
          new GatewayClockPart(),
          new IpPart(),
          new EqBusPart(),
          new MBusPart("mBusWired", GatewayConfiguration::wiredMBus, G13Gateway::setWiredMBus),
          new MBusPart(
              "mBusInfrared", GatewayConfiguration::infraredMBus, G13Gateway::setInfraredMBus));

  private final List<Part<D>> parts;
  private final Supplier<ReadResult<D>> device;
  private final Runnable changed;
  private final Clock clock;

  /**
   * @param device asked only when it is called
   * @param changed called when something may have been set otherwise
   */
  Settings(List<Part<D>> parts, Supplier<ReadResult<D>> device, Runnable changed, Clock clock) {
    this.parts = parts;
    this.device = device;
    this.changed = changed;
    this.clock = clock;
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
    var found = part(part);
    try {
      found.description().check(after);
      found.check(after);
      return after.equals(before)
          ? new CommandResult.Accepted(clock.instant())
          : Results.command(device.get(), there -> found.write(there, before, after));
    } catch (InvalidSetting | IllegalArgumentException e) {
      // the latter where what the device has beside it is against its own rules
      return new CommandResult.Refused(new Fault(Fault.Kind.INVALID_DATA, e.getMessage()));
    } finally {
      changed.run();
    }
  }
}
