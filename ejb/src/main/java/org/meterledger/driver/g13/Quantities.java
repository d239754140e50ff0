package org.meterledger.driver.g13;

import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsTarget.PartReading;

/**
 * What a meter can store, capture or watch: by the numbers that the gateway gives to quantities,
 * which it offers with its own names for them.
 */
final class Quantities {

  static final String FIELD = "quantity";

  private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,3}");

  private Quantities() {}

  static SettingsField field() {
    return SettingsField.choice(FIELD, List.of());
  }

  /**
   * A part with the quantities that it can have: those of a list of the gateway (N29) to which the
   * meter does not deny the right (N30), and those that it has now, whatever the lists say.
   */
  static ReadResult<PartReading> reading(
      G13Meter meter,
      Abilities abilities,
      Function<StorableQuantities, List<Integer>> list,
      Collection<Integer> now,
      JsonObject values) {
    return Results.then(
        meter.gateway().storableQuantities(),
        storable ->
            Results.then(
                abilities.mapping(),
                mapping ->
                    Results.then(
                        abilities.rights(),
                        rights -> {
                          var numbers = new TreeSet<>(list.apply(storable));
                          numbers.removeIf(rights::denied);
                          now.stream().filter(number -> number > 0).forEach(numbers::add);
                          return ReadResult.complete(
                              new PartReading(values, Map.of(FIELD, names(numbers, mapping))));
                        })));
  }

  private static Map<String, String> names(Collection<Integer> numbers, ParameterMapping mapping) {
    var names = new LinkedHashMap<String, String>();
    for (Integer number : numbers) {
      names.put(number.toString(), mapping.name(number).orElse(number.toString()));
    }
    return names;
  }

  /**
   * @param row as it stands in the part
   * @throws InvalidSetting when it is no number of a quantity
   */
  static int number(JsonObject values, int row) {
    var text = values.getString(FIELD);
    PartValues.rule(
        NUMBER.matcher(text).matches(),
        PartValues.path(row, FIELD),
        "choice",
        "A quantity is told by its number");
    return Integer.parseInt(text);
  }
}
