package org.meterledger.driver.g13;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.ReadResult;

/** What a meter measures at the moment (N59 to N62). */
public final class Instruments {

  private final G13Meter.Place place;

  Instruments(G13Meter.Place place) {
    this.place = place;
  }

  /** By line and {@code total}. The manual's example prints W for all three. */
  public record Power(
      Map<String, Measured> active,
      Map<String, Measured> reactive,
      Map<String, Measured> apparent) {

    static Power of(Node answer) {
      return new Power(
          Energy.measured(answer.at("active")),
          answer.find("reactive").map(Energy::measured).orElse(Map.of()),
          answer.find("apparent").map(Energy::measured).orElse(Map.of()));
    }
  }

  /** Harmonics of one line, the first first, and total harmonic distortion, in percent. */
  public record Harmonics(List<BigDecimal> harmonics, BigDecimal thd) {

    static Harmonics of(Node node) {
      return new Harmonics(
          node.at("harmonics").items().stream().map(Harmonics::number).toList(),
          number(node.at("thd")));
    }

    private static BigDecimal number(Node node) {
      return node.isArray() ? node.measured().value() : node.number();
    }
  }

  /** N59. */
  public ReadResult<Power> power() {
    return place.get("power", Power::of);
  }

  /** N60. By place ({@code l1}, {@code l1_l2}, {@code total} …) and by what is measured there. */
  public ReadResult<Map<String, Map<String, Measured>>> instrument() {
    return place.get("instrument", Instruments::places);
  }

  private static Map<String, Map<String, Measured>> places(Node answer) {
    var places = new LinkedHashMap<String, Map<String, Measured>>();
    for (String key : answer.keys()) {
      answer
          .find(key)
          .filter(Node::isObject)
          .ifPresent(node -> places.put(place(key), Energy.measured(node)));
    }
    if (places.isEmpty()) {
      throw new BadAnswer("holds no measured value");
    }
    return places;
  }

  /** {@code l1 l2}, {@code l1-l2} and {@code l1_l2} are the same place. */
  private static String place(String key) {
    return key.strip().replaceAll("[^A-Za-z0-9]+", "_").toLowerCase(java.util.Locale.ROOT);
  }

  /** N61. By line and pair of lines. */
  public ReadResult<Map<String, Harmonics>> voltageHarmonics() {
    return place.get("harmonics/voltage", Instruments::harmonics);
  }

  /** N62. By line and {@code neutral}. */
  public ReadResult<Map<String, Harmonics>> currentHarmonics() {
    return place.get("harmonics/current", Instruments::harmonics);
  }

  private static Map<String, Harmonics> harmonics(Node answer) {
    var lines = new LinkedHashMap<String, Harmonics>();
    for (String key : answer.keys()) {
      answer
          .find(key)
          .filter(Node::isObject)
          .ifPresent(node -> lines.put(place(key), Harmonics.of(node)));
    }
    if (lines.isEmpty()) {
      throw new BadAnswer("holds no harmonics");
    }
    return lines;
  }
}
