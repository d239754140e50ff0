package org.meterledger.driver.g13;

import java.time.LocalDateTime;

/**
 * The clock of a meter (N41).
 *
 * @param at local time; says nothing when the clock is not set
 * @param set whether the clock has been set since it last lost the time
 * @param daylightSaving whether {@code at} is daylight saving time
 * @param rule null where daylight saving is switched off
 */
public record MeterTime(
    LocalDateTime at, boolean set, boolean daylightSaving, DaylightSaving rule) {

  static MeterTime of(Node answer) {
    var enabled = answer.find("dstenable").map(Node::flag).orElse(false);
    return new MeterTime(
        answer.at("datetime").time(),
        GatewayTime.set(answer),
        answer.find("dst").map(Node::flag).orElse(false),
        enabled ? rule(answer) : null);
  }

  private static DaylightSaving rule(Node answer) {
    return new DaylightSaving(
        DaylightSaving.Change.of(answer.at("dststart")),
        DaylightSaving.Change.of(answer.at("dstend")));
  }
}
