package org.meterledger.driver.g13;

import java.time.LocalDateTime;
import java.util.List;

/**
 * A line of the gateway's own log (N13).
 *
 * @param index the gateway's own running number
 * @param code see events.csv of model {@code abb-g13-gateway}; not all codes are documented
 * @param at by the clock of the gateway
 */
public record GatewayEvent(long index, int code, int category, int type, LocalDateTime at) {

  static List<GatewayEvent> list(Node answer) {
    return answer.at("events").items().stream().map(GatewayEvent::of).toList();
  }

  private static GatewayEvent of(Node event) {
    return new GatewayEvent(
        event.at("index").whole(0, Integer.MAX_VALUE),
        (int) event.at("id").whole(0, Integer.MAX_VALUE),
        event.at("category").integer(),
        event.at("type").integer(),
        event.at("timestamp").time());
  }
}
