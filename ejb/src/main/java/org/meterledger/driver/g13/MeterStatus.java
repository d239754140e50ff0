package org.meterledger.driver.g13;

/** A sign of life of a meter (N49). */
public record MeterStatus(String serialNumber, Label label) {

  static MeterStatus of(Node answer) {
    return new MeterStatus(
        answer.at("serial").text().strip(), new Label(answer.at("label").text().strip()));
  }
}
