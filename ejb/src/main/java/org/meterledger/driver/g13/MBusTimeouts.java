package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * Time-outs of one of the M-Buses of the gateway (N4, N7, N8). The manual prints seconds, which are
 * milliseconds by all signs. What a gateway tells may be 0, out of the range of what it takes, so
 * the ranges are checked by {@link #checked()} before they are sent.
 *
 * @param ack 200 to 2000
 * @param delayAfterTelegram 50 to 60000
 * @param delayBeforeReqUd2 50 to 1000
 * @param getRequest the manual at hand does not show its range
 * @param meterContact 10 to 25000
 * @param responseTimeout 300 to 15000
 * @param responseTimeoutBase 100 to 10000
 */
public record MBusTimeouts(
    int ack,
    int delayAfterTelegram,
    int delayBeforeReqUd2,
    int getRequest,
    int meterContact,
    int responseTimeout,
    int responseTimeoutBase) {

  static MBusTimeouts of(Node bus) {
    return new MBusTimeouts(
        bus.at("ack").integer(),
        bus.at("delay_after_telegram").integer(),
        bus.at("delay_before_requd2").integer(),
        bus.at("get_request").integer(),
        bus.at("meter_contact").integer(),
        bus.at("response_timeout").integer(),
        bus.at("response_timeout_base").integer());
  }

  /**
   * @throws IllegalArgumentException when a rule of the gateway is broken
   */
  public MBusTimeouts checked() {
    Limit.range("The time-out of an acknowledgement", ack, 200, 2000);
    Limit.range("The delay after a telegram", delayAfterTelegram, 50, 60000);
    Limit.range("The delay before REQ_UD2", delayBeforeReqUd2, 50, 1000);
    Limit.range("The get-request time-out", getRequest, 0, Integer.MAX_VALUE);
    Limit.range("The time-out of meter contact", meterContact, 10, 25000);
    Limit.range("The response time-out", responseTimeout, 300, 15000);
    Limit.range("The base of the response time-out", responseTimeoutBase, 100, 10000);
    return this;
  }

  JsonObject payload() {
    return Json.createObjectBuilder()
        .add("ack", ack)
        .add("delay_after_telegram", delayAfterTelegram)
        .add("delay_before_requd2", delayBeforeReqUd2)
        .add("get_request", getRequest)
        .add("meter_contact", meterContact)
        .add("response_timeout", responseTimeout)
        .add("response_timeout_base", responseTimeoutBase)
        .build();
  }
}
