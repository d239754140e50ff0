package org.meterledger.simulators;

/** What stands behind a simulated meter: the demand over the day and what is fed in. */
public enum LoadShape {
  /** A flat with an evening peak and short strong appliances on single phases. */
  HOUSEHOLD(
      new int[] {
        180, 160, 150, 150, 150, 170, 300, 520, 450, 350, 320, 380, //
        560, 450, 350, 330, 380, 620, 980, 1150, 980, 720, 420, 260
      },
      1100,
      2000,
      180,
      0),
  /** A shop: strong and inductive while open, refrigeration at night, closed on Sundays. */
  SHOP(
      new int[] {
        900, 880, 870, 870, 900, 1200, 2800, 5200, 6400, 6900, 7200, 7600, //
        7900, 7800, 7400, 7100, 7000, 6800, 5200, 2600, 1400, 1100, 1000, 950
      },
      180,
      3000,
      420,
      0),
  /** A house with a photovoltaic plant that exports on most days. */
  PHOTOVOLTAIC(
      new int[] {
        240, 220, 210, 210, 220, 260, 420, 600, 520, 430, 420, 520, //
        640, 520, 430, 420, 520, 760, 1100, 1250, 1050, 800, 520, 320
      },
      1050,
      2000,
      180,
      9800);

  private final int[] hourlyWatts;
  private final int sundayPermille;
  private final int applianceWatts;
  private final int tangentPermille;
  private final int plantWatts;

  LoadShape(int[] hourly, int sundayPermille, int appliance, int tangentPermille, int plant) {
    this.hourlyWatts = hourly;
    this.sundayPermille = sundayPermille;
    this.applianceWatts = appliance;
    this.tangentPermille = tangentPermille;
    this.plantWatts = plant;
  }

  /** Demand of all phases in W, straight lines between full hours; Sundays differ. */
  long demandWatts(long epochDay, int secondOfDay) {
    int hour = secondOfDay / 3600;
    int into = secondOfDay % 3600;
    long line =
        ((long) hourlyWatts[hour] * (3600 - into) + (long) hourlyWatts[(hour + 1) % 24] * into)
            / 3600;
    // Day 0 of the epoch was a Thursday, so Sundays are those with remainder 3.
    return Math.floorMod(epochDay, 7) == 3 ? line * sundayPermille / 1000 : line;
  }

  int applianceWatts() {
    return applianceWatts;
  }

  /** Reactive power of the demand as thousandths of its active power. */
  int tangentPermille() {
    return tangentPermille;
  }

  /** Peak power of the plant in W, 0 when there is none. */
  int plantWatts() {
    return plantWatts;
  }
}
