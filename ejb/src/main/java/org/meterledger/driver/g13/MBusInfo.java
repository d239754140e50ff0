package org.meterledger.driver.g13;

/**
 * What a meter is on its M-Bus (N47).
 *
 * @param deviceType medium as in EN 13757-3, 2 is electricity
 * @param addressingMode 0 to 250 or 0xFF primary, 0xFD secondary
 */
public record MBusInfo(
    String manufacturer, int deviceType, int addressingMode, int version, String id) {

  static MBusInfo of(Node answer) {
    return new MBusInfo(
        answer.at("manufacturer").text(),
        (int) answer.at("devicetype").whole(0, 255),
        (int) answer.at("addressingmode").whole(0, 255),
        (int) answer.at("version").whole(0, 255),
        answer.at("id").text());
  }
}
