package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.PartValues.whole;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;

/** Time-outs of one of the M-Buses (N4, N7, N8). */
final class MBusPart extends ValuePart<G13Gateway, MBusTimeouts> {

  private static final String ACK = "ack";
  private static final String AFTER = "delayAfterTelegram";
  private static final String BEFORE = "delayBeforeRequest";
  private static final String GET = "getRequest";
  private static final String CONTACT = "meterContact";
  private static final String RESPONSE = "responseTimeout";
  private static final String BASE = "responseTimeoutBase";

  private final Function<GatewayConfiguration, MBusTimeouts> bus;
  private final BiFunction<G13Gateway, MBusTimeouts, Written<?>> set;

  MBusPart(
      String name,
      Function<GatewayConfiguration, MBusTimeouts> bus,
      BiFunction<G13Gateway, MBusTimeouts, Written<?>> set) {
    super(
        SettingsPart.record(
            name,
            millis(ACK, 200, 2000),
            millis(AFTER, 50, 60000),
            millis(BEFORE, 50, 1000),
            millis(GET, 0, Integer.MAX_VALUE),
            millis(CONTACT, 10, 25000),
            millis(RESPONSE, 300, 15000),
            millis(BASE, 100, 10000)));
    this.bus = bus;
    this.set = set;
  }

  private static SettingsField millis(String name, int least, int most) {
    return SettingsField.number(name, "ms", least, most);
  }

  @Override
  ReadResult<MBusTimeouts> ask(G13Gateway gateway) {
    return Results.then(gateway.configuration(), all -> ReadResult.complete(bus.apply(all)));
  }

  @Override
  JsonObject json(MBusTimeouts told) {
    return Json.createObjectBuilder()
        .add(ACK, told.ack())
        .add(AFTER, told.delayAfterTelegram())
        .add(BEFORE, told.delayBeforeReqUd2())
        .add(GET, told.getRequest())
        .add(CONTACT, told.meterContact())
        .add(RESPONSE, told.responseTimeout())
        .add(BASE, told.responseTimeoutBase())
        .build();
  }

  @Override
  MBusTimeouts value(JsonObject values) {
    return new MBusTimeouts(
        whole(values, ACK),
        whole(values, AFTER),
        whole(values, BEFORE),
        whole(values, GET),
        whole(values, CONTACT),
        whole(values, RESPONSE),
        whole(values, BASE));
  }

  @Override
  CommandResult send(G13Gateway gateway, MBusTimeouts wanted) {
    return set.apply(gateway, wanted).result();
  }
}
