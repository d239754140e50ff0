package org.meterledger.driver;

import java.util.Map;

/**
 * The accounts that a gateway itself keeps, and what each may do with which meter. What breaks a
 * rule is an {@link IllegalArgumentException} with a sentence for a person, before anything is
 * sent.
 */
public interface GatewayUsers {

  /** What an account may do with a meter, the least first. */
  enum Level {
    NO_ACCESS,
    VIEW,
    CONFIGURE
  }

  /**
   * What a name may look like.
   *
   * @param name regular expression
   * @param password most characters
   */
  record Rules(String name, int password) {}

  Rules rules();

  /**
   * All accounts, each with what it may do by serial number; that of the gateway stands for the
   * right to administer it. What is not in the map it may not see.
   */
  ReadResult<Map<String, Map<String, Level>>> accounts();

  CommandResult add(String name, String password);

  /** Of somebody else, whose present password need not be known. */
  CommandResult changePassword(String name, String password);

  CommandResult remove(String name);

  CommandResult bind(String name, String serialNumber, Level level);
}
