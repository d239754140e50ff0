package org.meterledger.driver;

import java.net.URI;

/**
 * Sends a device to addresses of its network: it fetches from there, or posts there. It is reached
 * from places that the portal does not see, so this is only for who manages it.
 *
 * <p>Accepted means that it took the errand; what came of it is not told.
 */
public non-sealed interface ErrandTarget extends Capability {

  /**
   * Fetches firmware and installs it.
   *
   * @param certificate name of the file in the device by which an https server is checked; null for
   *     the usual one
   */
  CommandResult fetchFirmware(URI address, String certificate);

  /** Fetches a file and keeps it. */
  CommandResult fetchFile(URI address, String certificate);

  /** Posts a text. */
  CommandResult post(URI address, String message, String certificate);
}
