package org.meterledger.group;

/**
 * Meters that belong together.
 *
 * @param version counts the changes of name, rules and picked meters
 * @param meters that are in it
 * @param picked by hand
 */
public record MeterGroup(int id, String name, int version, long meters, long picked) {

  /** Id of the group of all meters. */
  public static final int ALL = 1;

  /** Id of the group of the meters that are watched. */
  public static final int WATCHED = 2;

  /** Whether its name and rules stay as they are. */
  public boolean builtIn() {
    return id <= WATCHED;
  }
}
