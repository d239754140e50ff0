package org.meterledger.driver;

import java.util.List;
import java.util.Optional;

/** A conversation with a gateway. Not thread-safe. */
public interface GatewaySession {

  /**
   * A meter that belongs to the gateway.
   *
   * @param alias name that it has there, empty where it has none
   * @param location as it is written there, empty where it has none
   * @param address on the bus, as the gateway writes it
   */
  record KnownMeter(
      String serialNumber, String alias, String location, MeterBus bus, String address) {}

  /**
   * What the gateway itself is called, and where it is.
   *
   * @param alias empty where it has none, likewise the location
   */
  record Naming(String alias, String location) {}

  /** The serial number of the gateway. */
  ReadResult<String> serialNumber();

  ReadResult<Naming> naming();

  /** All meters that belong to it. */
  ReadResult<List<KnownMeter>> meters();

  /** Gives the account that this conversation is held by another password. */
  CommandResult changePassword(String next);

  /** Empty where its meters are not chosen by it. */
  default Optional<MeterRegistration> registration() {
    return Optional.empty();
  }

  /** Empty where it cannot look for meters. */
  default Optional<MeterScan> scan() {
    return Optional.empty();
  }

  /** Empty where it keeps no accounts. */
  default Optional<GatewayUsers> users() {
    return Optional.empty();
  }
}
