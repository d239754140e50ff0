package org.meterledger.driver.g13;

import java.time.LocalDateTime;

/**
 * The clock of the gateway (N11).
 *
 * @param at local time, which says nothing when the clock is not set
 * @param set whether the clock has been set since it last lost the time
 */
public record GatewayTime(LocalDateTime at, boolean set) {

  static GatewayTime of(Node answer) {
    return new GatewayTime(answer.at("datetime").time(), set(answer));
  }

  static boolean set(Node answer) {
    switch (Node.plain(answer.at("status").text())) {
      case "set":
        return true;
      case "notset":
        return false;
      default:
        throw new BadAnswer("says neither set nor not set of its clock");
    }
  }
}
