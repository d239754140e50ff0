package org.meterledger.driver;

import java.time.Instant;
import java.util.Optional;

/** One open conversation with one meter. Not thread-safe; close it (closing twice is harmless). */
public interface MeterSession extends AutoCloseable {

  /**
   * What a meter says it is.
   *
   * @param serialNumber the maker's number, not empty
   * @param firmware version of the firmware that the meter tells; empty where it tells none
   * @param meterTime the time by the meter's clock; null where it does not tell it along with this
   */
  record Identification(
      String serialNumber, String manufacturer, String model, String firmware, Instant meterTime) {}

  /** Asks the meter who it is; INVALID_DATA when something else than this kind of meter answers. */
  ReadResult<Identification> identify();

  /**
   * The capability, if this meter has it. A driver whose models differ by data overrides this: it
   * answers from the model, and may hand out another object for each capability.
   */
  default <C extends Capability> Optional<C> as(Class<C> capability) {
    return capability.isInstance(this) ? Optional.of(capability.cast(this)) : Optional.empty();
  }

  @Override
  void close();
}
