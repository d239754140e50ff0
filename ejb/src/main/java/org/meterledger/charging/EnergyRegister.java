package org.meterledger.charging;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What a register counts, by the OBIS code as records write it (OCMF 1.4, table 25). */
public enum EnergyRegister {
  /** Import (+A), from the beginning of the meter. */
  TOTAL_IMPORT(true, false),
  /** Export (-A), from the beginning of the meter. */
  TOTAL_EXPORT(false, false),
  /** Import of one session; its value at the end is the session's energy. */
  SESSION_IMPORT(true, true),
  /** Export of one session; its value at the end is the session's energy. */
  SESSION_EXPORT(false, true);

  /** Value groups as makers write them: {@code 1-b:1.8.0}, {@code 01-00:B2.08.00*FF}. */
  private static final Pattern OBIS =
      Pattern.compile(
          "\\s*0*1-[0-9A-F]{1,3}:0*([0-9A-F]{1,3})\\.0*([89])\\.[0-9A-F]{1,3}(?:[*.]([0-9A-F]{1,3}))?\\s*");

  /** Value group D of what counts from the begin of the present period (IEC 62056-6-1). */
  private static final String TIME_INTEGRAL_2 = "9";

  /** Value group F of what is not stored at the end of a session or period. */
  private static final Set<String> CURRENT = Set.of("255", "FF");

  private final boolean imported;
  private final boolean ofSession;

  EnergyRegister(boolean imported, boolean ofSession) {
    this.imported = imported;
    this.ofSession = ofSession;
  }

  /** Empty where the code is missing, or not one of an active energy. */
  static Optional<EnergyRegister> of(String identification) {
    var groups =
        OBIS.matcher(identification == null ? "" : identification.toUpperCase(Locale.ROOT));
    if (!groups.matches()) {
      return Optional.empty();
    }
    var ofSession =
        groups.group(2).equals(TIME_INTEGRAL_2)
            || groups.group(3) != null && !CURRENT.contains(groups.group(3));
    switch (groups.group(1)) {
      case "1":
        return Optional.of(ofSession ? SESSION_IMPORT : TOTAL_IMPORT);
      case "2":
        return Optional.of(ofSession ? SESSION_EXPORT : TOTAL_EXPORT);
      case "B0":
      case "B1":
        return Optional.of(TOTAL_IMPORT);
      case "B2":
      case "B3":
        return Optional.of(SESSION_IMPORT);
      case "C0":
      case "C1":
        return Optional.of(TOTAL_EXPORT);
      case "C2":
      case "C3":
        return Optional.of(SESSION_EXPORT);
      default:
        return Optional.empty();
    }
  }

  /** Whether it counts what came from the grid; else what went there. */
  public boolean imported() {
    return imported;
  }

  /** Whether it begins at zero with each session. */
  public boolean ofSession() {
    return ofSession;
  }
}
