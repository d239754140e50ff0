package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.LocalDateTime;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;

/** Time of the gateway (N11, N12), which knows no daylight saving. */
final class GatewayClockPart extends ValuePart<G13Gateway, GatewayTime> {

  GatewayClockPart() {
    super(SettingsPart.record("clock", SettingsField.localTime(ClockPart.TIME)));
  }

  @Override
  ReadResult<GatewayTime> ask(G13Gateway gateway) {
    return gateway.time();
  }

  /** A clock that is not set tells no time. */
  @Override
  JsonObject json(GatewayTime told) {
    var json = Json.createObjectBuilder();
    return told.set() ? json.add(ClockPart.TIME, G13Gateway.text(told.at())).build() : json.build();
  }

  @Override
  GatewayTime value(JsonObject values) {
    return new GatewayTime(LocalDateTime.parse(values.getString(ClockPart.TIME)), true);
  }

  @Override
  CommandResult send(G13Gateway gateway, GatewayTime wanted) {
    return Written.readBack(
            gateway.setTime(wanted.at()),
            gateway::time,
            now -> now.set() && ClockShift.shows(wanted.at(), now.at()),
            gateway.clock())
        .result();
  }
}
