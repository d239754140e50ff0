package org.meterledger.driver;

import java.util.Map;

/** Reads how the meter is set. */
public non-sealed interface SettingsSource extends Capability {

  /** Settings by the meter's own names, in its order; a setting it did not tell is left out. */
  ReadResult<Map<String, String>> readSettings();
}
