package org.meterledger.meter;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.time.Duration;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.Permission;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.server.InvalidInput;

/**
 * Calls a meter once and tells what was found; stores nothing. Not for everybody: it tells what
 * answers in a network.
 */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_METERS)
@TransactionAttribute(NOT_SUPPORTED) // a meter may take seconds to answer; a transaction may not
public class ConnectionTest {

  /** The shortest that a meter without time server keeps (manual 1475, "NTP-Server"). */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  @Inject private Access access;
  @Inject private MeterModels models;
  @Inject private MeterAddresses addresses;

  /**
   * What was found.
   *
   * @param identification null exactly when there is a fault
   * @param fault null when the meter answered as it should
   */
  public record Found(MeterSession.Identification identification, Fault fault) {
    public boolean isSuccessful() {
      return fault == null;
    }

    public MeterSession.Identification getIdentification() {
      return identification;
    }

    public Fault getFault() {
      return fault;
    }
  }

  /**
   * @param serialNumber of the meter that is meant where several answer at one address; null or
   *     empty where it is not known
   * @param password null where the meter asks for none
   * @throws InvalidInput when the model is unknown, or cannot be called at such an address
   * @throws AccessDenied when the caller manages some meters only: the address may be of others
   */
  public Found test(
      String modelId, String serialNumber, String address, String userName, String password) {
    if (!access.scope(Permission.MANAGE_METERS).everything()) {
      throw new AccessDenied(Permission.MANAGE_METERS, "all meters");
    }
    var model =
        models
            .find(modelId)
            .orElseThrow(() -> new InvalidInput("model", "unknown", "No meter model " + modelId));
    var driver = addresses.driver(model);
    var own = addresses.endpoint(model, address, userName, password, TIMEOUT);
    boolean named =
        serialNumber != null && !serialNumber.isBlank() && driver.severalAtAddress(model);
    Endpoint endpoint =
        named && own instanceof Endpoint.Http box
            ? new Endpoint.BehindGateway(box, serialNumber)
            : own;
    try (var session = driver.open(model, endpoint)) {
      return session
          .identify()
          .fold(
              complete -> new Found(complete.value(), null),
              partial -> new Found(null, partial.fault()),
              failed -> new Found(null, failed.fault()));
    }
  }
}
