package org.meterledger.driver;

import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Reads and changes how a device is set, part by part. */
public non-sealed interface SettingsTarget extends Capability {

  /** What can be set, in the order in which people look for it. The device is not called. */
  List<SettingsPart> parts();

  /**
   * A part as the device has it.
   *
   * @param values as {@link SettingsPart} lays them out; a value that the device did not tell is
   *     left out
   * @param choices names of the values that the device itself offers, in its order, by field
   */
  record PartReading(JsonObject values, Map<String, Map<String, String>> choices) {
    public PartReading {
      choices = Map.copyOf(choices);
    }
  }

  /** A part as it is now. */
  ReadResult<PartReading> readPart(String part);

  /**
   * Rules over several fields; each by itself obeys {@link SettingsPart#check}. The device is not
   * called.
   *
   * @throws InvalidSetting when one is broken
   */
  void checkPart(String part, JsonObject values);

  /**
   * Sends what differs. Some of it may have been taken when the rest was refused, so the part is
   * read again afterwards.
   *
   * @param before as it was read; what is equal to it need not be sent
   */
  CommandResult writePart(String part, JsonObject before, JsonObject after);
}
