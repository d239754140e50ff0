package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/** How a gateway or a meter is called, and where it is (N9, N10, N32, N33). */
public record Naming(String serialNumber, String alias, String location) {

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public Naming checked() {
    Limit.serial(serialNumber);
    Limit.length("An alias", alias, Limit.ALIAS);
    Limit.length("A location", location, Limit.LOCATION);
    return this;
  }

  static Naming of(Node answer) {
    return new Naming(
        answer.at("serial").text(), answer.textOr("alias", ""), answer.textOr("location", ""));
  }

  JsonObject payload() {
    return Json.createObjectBuilder()
        .add("serial", serialNumber)
        .add("alias", alias)
        .add("location", location)
        .build();
  }
}
