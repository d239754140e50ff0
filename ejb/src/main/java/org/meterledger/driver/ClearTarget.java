package org.meterledger.driver;

import java.util.Set;
import org.meterledger.driver.SettingsPart.Kept;

/** Erases what a device keeps. Whoever asks has archived it before. */
public non-sealed interface ClearTarget extends Capability {

  /** What can be erased, each by itself. The device is not called. */
  Set<Kept> clearable();

  /** Erases all that the device keeps of one kind; how it is set stays. */
  CommandResult clear(Kept what);
}
