package org.meterledger.driver.g13;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The type of a meter as printed on it, for example {@code A44 512-100} (manual, annex 1).
 *
 * @param text as the meter tells it; it need not follow the annex
 */
public record Label(String text) {

  /** Product, housing, phases; then level, class and port; then approval, version and variant. */
  private static final Pattern PARTS =
      Pattern.compile("([A-Z])(\\d)(\\d)\\s*(\\d)(\\d)(\\d)\\s*-\\s*(\\d)(\\d)([0-9A])");

  /** How much a meter can do, least first. */
  public enum Level {
    IRON,
    STEEL,
    BRONZE,
    SILVER,
    GOLD,
    PLATINUM
  }

  private Optional<Integer> digit(int group) {
    var matcher = PARTS.matcher(text);
    return matcher.matches()
        ? Optional.of(Integer.valueOf(matcher.group(group)))
        : Optional.empty();
  }

  /** Empty where the label does not say. */
  public Optional<Level> level() {
    return digit(4).filter(level -> level < Level.values().length).map(at -> Level.values()[at]);
  }

  /** 1 or 3; empty where the label does not say. */
  public Optional<Integer> phases() {
    return digit(3).filter(code -> code >= 1 && code <= 4).map(code -> code <= 2 ? 1 : 3);
  }

  /** Whether it is connected through current transformers; empty where the label does not say. */
  public Optional<Boolean> throughTransformers() {
    return digit(3).filter(code -> code >= 1 && code <= 4).map(code -> code % 2 == 0);
  }

  /** Only platinum meters measure harmonics (manual p. 54). */
  boolean harmonics() {
    return level().map(level -> level == Level.PLATINUM).orElse(true);
  }
}
