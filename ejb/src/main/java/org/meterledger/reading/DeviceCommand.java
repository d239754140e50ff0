package org.meterledger.reading;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import org.meterledger.access.Permission;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.Progress;

/**
 * What changes where a device stands in its network, or what it does there: only for who sets
 * meters up, and never sent twice by itself. What the device accepted is told as that.
 */
abstract class DeviceCommand implements OperationKind {

  @Override
  public Permission permission() {
    return Permission.MANAGE_METERS;
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  /** Sends it. */
  abstract CommandResult send(MeterSession session, JsonObject parameters);

  /**
   * What can be read back after it was sent, if anything can.
   *
   * @param told what the result tells
   */
  void readBack(
      MeterSession session,
      JsonObject parameters,
      CommandResult sent,
      JsonObjectBuilder told,
      Progress progress) {
    if (sent instanceof CommandResult.Unconfirmed unconfirmed) {
      progress.fail(
          new Fault(
              Fault.Kind.UNCONFIRMED,
              "Sent, but the answer was lost: " + unconfirmed.fault().detail(),
              unconfirmed.fault().answer()));
    }
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    var sent = send(meter.session(), parameters);
    if (sent instanceof CommandResult.Refused refused) {
      progress.fail(refused.fault());
    } else {
      if (sent instanceof CommandResult.Accepted accepted) {
        progress.received(1, 0);
        told.add("acceptedAt", accepted.at().toString());
      }
      readBack(meter.session(), parameters, sent, told, progress);
    }
    return new Outcome(told.build(), progress);
  }
}
