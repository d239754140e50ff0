package org.meterledger.schema;

/** The schema that this program was built for. */
public final class SchemaVersion {

  private static volatile String known = "none";

  private SchemaVersion() {}

  static void known(String version) {
    known = version;
  }

  /** The newest migration that this program knows, for example {@code 008}. */
  public static String known() {
    return known;
  }
}
