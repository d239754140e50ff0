package org.meterledger.driver.g13;

import java.util.List;
import java.util.Optional;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.GatewayUsers;
import org.meterledger.driver.MeterRegistration;
import org.meterledger.driver.MeterScan;
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
  public ReadResult<Naming> naming() {
    return Results.then(
        gateway.naming(), told -> ReadResult.complete(new Naming(told.alias(), told.location())));
  }

  @Override
  public ReadResult<List<KnownMeter>> meters() {
    return Results.then(
        gateway.registration().list(),
        all ->
            ReadResult.complete(
                all.meters().stream()
                    .map(
                        each ->
                            new KnownMeter(
                                each.serialNumber(),
                                each.alias(),
                                each.location(),
                                each.bus().anybodys(),
                                each.address()))
                    .toList()));
  }

  @Override
  public CommandResult changePassword(String next) {
    return gateway.users().changeKey(endpoint.user(), endpoint.password(), next);
  }

  @Override
  public Optional<MeterRegistration> registration() {
    return Optional.of(new G13Registration(gateway.registration()));
  }

  @Override
  public Optional<MeterScan> scan() {
    return Optional.of(new G13Scan(gateway));
  }

  @Override
  public Optional<GatewayUsers> users() {
    return Optional.of(new G13Users(gateway.users()));
  }
}
