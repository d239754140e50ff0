package org.meterledger.benchmarks;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options of the command line, {@code --name value}, each with a default. */
final class Options {

  /**
   * An option.
   *
   * @param name with its dashes
   * @param otherwise the value where it is not given; empty for none
   */
  record Option(String name, String otherwise, String meaning) {}

  private final Map<String, String> values = new LinkedHashMap<>();

  private Options(List<Option> known) {
    known.forEach(option -> values.put(option.name(), option.otherwise()));
  }

  /**
   * @throws IllegalArgumentException with a sentence for whoever typed it
   */
  static Options parse(List<Option> known, String... arguments) {
    var options = new Options(known);
    for (int i = 0; i < arguments.length; i += 2) {
      if (!options.values.containsKey(arguments[i])) {
        throw new IllegalArgumentException("Unknown option " + arguments[i]);
      }
      if (i + 1 == arguments.length) {
        throw new IllegalArgumentException(arguments[i] + " wants a value");
      }
      options.values.put(arguments[i], arguments[i + 1]);
    }
    return options;
  }

  String text(String name) {
    return values.get(name);
  }

  /**
   * @throws IllegalArgumentException when nothing was given
   */
  String required(String name) {
    var value = text(name);
    if (value.isEmpty()) {
      throw new IllegalArgumentException(name + " must be given");
    }
    return value;
  }

  int number(String name) {
    try {
      return Integer.parseInt(text(name).replace("_", ""));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " wants a whole number, not " + text(name), e);
    }
  }

  /** The options as given or by default, for the report. */
  @Override
  public String toString() {
    return Arrays.toString(
        values.entrySet().stream()
            .filter(e -> !e.getKey().equals("--token") && !e.getKey().equals("--jdbc-password"))
            .map(e -> e.getKey() + " " + e.getValue())
            .toArray());
  }
}
