package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * What previous values a meter keeps (N70, N71). The rules are checked by {@link #checked()} before
 * they are sent.
 *
 * @param weekday 1 Monday to 7 Sunday; 0 where the period is not weekly
 * @param quantities by their numbers, out of {@link StorableQuantities#previousValues()}
 */
public record PreviousValuesConfiguration(Period period, int weekday, List<Integer> quantities) {

  public static final int MOST_QUANTITIES = 23;

  public PreviousValuesConfiguration {
    quantities = List.copyOf(quantities);
  }

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public PreviousValuesConfiguration checked() {
    Limit.rule(
        quantities.size() <= MOST_QUANTITIES,
        "A meter keeps previous values of at most " + MOST_QUANTITIES + " quantities");
    Limit.range("The weekday", weekday, period == Period.WEEKLY ? 1 : 0, 7);
    return this;
  }

  static PreviousValuesConfiguration of(Node answer) {
    return new PreviousValuesConfiguration(
        Period.of(answer.at("interval")),
        answer.find("weekday").map(Node::integer).orElse(0),
        answer.at("pvconfig").items().stream().map(Node::integer).toList());
  }

  boolean sameAs(PreviousValuesConfiguration other) {
    return period == other.period
        && quantities.equals(other.quantities)
        && (period != Period.WEEKLY || weekday == other.weekday);
  }

  JsonObject payload() {
    var payload = Json.createObjectBuilder().add("interval", period.word());
    if (period == Period.WEEKLY) {
      payload.add("weekday", weekday);
    }
    return payload.add("pvconfig", Json.createArrayBuilder(quantities)).build();
  }
}
