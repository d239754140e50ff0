package org.meterledger.driver.g13;

import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.ReadResult;

/** A G13 as every gateway can be spoken with. */
final class G13GatewayAccess implements GatewaySession {

  private final G13Gateway gateway;
  private final Endpoint.Http endpoint;

  G13GatewayAccess(G13Gateway gateway, Endpoint.Http endpoint) {
    this.gateway = gateway;
    this.endpoint = endpoint;
  }

  @Override
  public ReadResult<String> serialNumber() {
    return Results.then(gateway.about(), about -> ReadResult.complete(about.serialNumber()));
  }

  @Override
  public ReadResult<List<KnownMeter>> meters() {
    return Results.then(
        gateway.registration().list(),
        all ->
            ReadResult.complete(
                all.meters().stream()
                    .map(each -> new KnownMeter(each.serialNumber(), each.alias(), each.location()))
                    .toList()));
  }

  @Override
  public CommandResult changePassword(String next) {
    return gateway.users().changeKey(endpoint.user(), endpoint.password(), next);
  }
}
