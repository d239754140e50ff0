package org.meterledger.driver;

import java.util.List;

/**
 * Which meters belong to a gateway, and which wireless ones may come to it. What breaks a rule is
 * an {@link IllegalArgumentException} with a sentence for a person, before anything is sent.
 */
public interface MeterRegistration {

  /**
   * How long names may be, and how many wireless meters may be permitted.
   *
   * @param alias characters, as {@code location}
   */
  record Limits(int alias, int location, int permitted) {}

  Limits limits();

  /** A meter that was found belongs to the gateway from now on. */
  CommandResult register(String serialNumber, String alias, String location);

  /** Gives a meter another name or place. */
  CommandResult rename(String serialNumber, String alias, String location);

  /** The meter belongs to the gateway no more. */
  CommandResult remove(GatewaySession.KnownMeter meter);

  /** The wireless meters that may come to the gateway. */
  ReadResult<List<String>> permitted();

  CommandResult permit(List<String> serialNumbers);

  CommandResult forbid(List<String> serialNumbers);
}
