package org.meterledger.driver.g13;

import java.time.LocalDateTime;

/**
 * What the gateway is (N1).
 *
 * @param releaseDate of the firmware; null where it tells none
 * @param serialNumber the one of its own device, not empty
 */
public record About(
    String serialNumber,
    String model,
    String firmwareVersion,
    String hardwareVersion,
    String jsonApiVersion,
    String cosemVersion,
    String logicalDeviceName,
    LocalDateTime releaseDate) {

  static About of(Node answer) {
    var serial = answer.at("serial").text().strip();
    if (serial.isEmpty()) {
      throw new BadAnswer("has no serial number");
    }
    return new About(
        serial,
        answer.textOr("model", ""),
        answer.at("firmwareversion").text(),
        answer.textOr("hardwareversion", ""),
        answer.at("jsonapiversion").text(),
        answer.textOr("cosemversion", ""),
        answer.textOr("logicaldevicename", ""),
        answer.find("releasedate").map(Node::time).orElse(null));
  }
}
