package org.meterledger.driver;

import java.util.List;

/** A conversation with a gateway. Not thread-safe. */
public interface GatewaySession {

  /**
   * A meter that belongs to the gateway.
   *
   * @param alias name that it has there, empty where it has none
   * @param location as it is written there, empty where it has none
   */
  record KnownMeter(String serialNumber, String alias, String location) {}

  /** The serial number of the gateway. */
  ReadResult<String> serialNumber();

  /** All meters that belong to it. */
  ReadResult<List<KnownMeter>> meters();

  /** Gives the account that this conversation is held by another password. */
  CommandResult changePassword(String next);
}
