package org.meterledger.simulators.g13;

/**
 * A meter's functionality level (annex 1, p. 243); each level has the functions of those before.
 */
enum Level {
  IRON,
  STEEL,
  BRONZE,
  SILVER,
  GOLD,
  PLATINUM;

  /** What a meter can do beyond active import, and from which level on. */
  enum Function {
    EXPORT(STEEL),
    PREVIOUS_VALUES(STEEL),
    REACTIVE(BRONZE),
    PORTS(BRONZE),
    RESETTABLE(BRONZE),
    CONVERSION(BRONZE),
    TARIFFS(SILVER),
    ALARMS(SILVER),
    DEMAND(SILVER),
    LOAD_PROFILES(GOLD),
    PHASE_ANGLES(GOLD),
    HARMONICS(PLATINUM);

    final Level from;

    Function(Level from) {
      this.from = from;
    }
  }
}
