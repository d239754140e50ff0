package org.meterledger.driver;

/** Tells a device into which wireless network it goes. */
public non-sealed interface WifiTarget extends Capability {

  /** How the device is in the network. */
  enum WifiMode {
    /** It goes into the network. */
    STATION,
    /** It goes into the network, and offers one of its own besides. */
    STATION_AND_ACCESS_POINT
  }

  /**
   * What is null stays as it is. Where the device leaves the network by it, its answer may be lost.
   *
   * @param password never printed, and never told by the device
   */
  CommandResult configureWifi(String ssid, String password, WifiMode mode);

  /** Name of the network in which it is now. */
  ReadResult<String> readSsid();
}
