package org.meterledger.simulators.dmed4;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A mixed lot of meters for demonstrations and benchmarks. */
public final class Dmed4Fleet {
  /** How many the demonstration has. */
  public static final int METERS = 6;

  /** A fixed day, so that a simulator started again tomorrow tells the same history. */
  private static final Instant COMMISSIONED = Instant.parse("2025-01-01T00:00:00Z");

  private static final long FIRST_SERIAL = 41_700_001;
  private static final int NODES = 247;

  private Dmed4Fleet() {}

  /**
   * Meters at which charging goes on by itself, commissioned on a fixed day; models alternate.
   *
   * @param count how many, from 1
   * @param seed the same seed gives the same meters
   */
  public static List<Dmed4Settings> demonstration(int count, long seed) {
    return meters(count, seed, COMMISSIONED, true);
  }

  /** The same lot, but new, without any energy, and nobody charges by himself. */
  public static List<Dmed4Settings> fresh(int count, long seed, Instant commissioned) {
    return meters(count, seed, commissioned, false);
  }

  private static List<Dmed4Settings> meters(
      int count, long seed, Instant commissioned, boolean planned) {
    List<Dmed4Settings> fleet = new ArrayList<>(count);
    Dmed4Model[] models = Dmed4Model.values();
    for (int number = 0; number < count; number++) {
      Dmed4Model model = models[number % models.length];
      Dmed4Settings settings =
          Dmed4Settings.of(FIRST_SERIAL + number, model, number % NODES + 1, commissioned);
      fleet.add(planned ? settings.planned(seed * 1_000_003 + number) : settings);
    }
    return fleet;
  }
}
