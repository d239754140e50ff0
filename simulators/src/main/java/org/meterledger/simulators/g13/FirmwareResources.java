package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.ANYONE;
import static org.meterledger.simulators.g13.Router.Right.GATEWAY_ADMIN;

import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Firmware of gateway and meters (N24 to N27). */
final class FirmwareResources {
  private static final Pattern IMAGE =
      Pattern.compile(
          "(?i)content-disposition:[^\\r\\n]*form-data[^\\r\\n]*name=\"image\"[^\\r\\n]*filename=");

  private FirmwareResources() {}

  static void addTo(Router router) {
    router.add(24, "GET", "/meters/firmwareupdatestatus", ANYONE, FirmwareResources::status);
    router.add(25, "POST", "/firmware", GATEWAY_ADMIN, FirmwareResources::upload);
    router.add(26, "PUT", "/firmware", GATEWAY_ADMIN, FirmwareResources::updateGateway);
    router.add(27, "PUT", "/meters/firmware", GATEWAY_ADMIN, FirmwareResources::updateMeters);
  }

  private static Answer status(Call call) {
    List<Object> devices = new ArrayList<>();
    Firmware firmware = call.gateway().firmware;
    firmware
        .states()
        .forEach(
            (serial, state) -> devices.add(Json.object("serial", serial, "status", state.text())));
    return Answer.json("devices", devices, "firmwareupdatecomplete", firmware.progress());
  }

  private static Answer upload(Call call) {
    if (!IMAGE.matcher(call.body()).find()) {
      throw Refused.invalid();
    }
    call.gateway().firmware.upload();
    call.gateway().log(GatewayEvent.FIRMWARE_UPLOADED, call.now());
    return Answer.successAsPage();
  }

  private static Answer updateGateway(Call call) {
    G13Gateway gateway = call.gateway();
    if (!gateway.firmware.hasImage() || gateway.firmware.running()) {
      throw Refused.invalid();
    }
    return call.update(
        () -> {
          gateway.firmwareVersion = Firmware.next(gateway.firmwareVersion);
          gateway.reboot(call.now());
        });
  }

  private static Answer updateMeters(Call call) {
    G13Gateway gateway = call.gateway();
    List<G13Meter> meters = new ArrayList<>();
    for (JsonValue each : call.payload().list("meters", Firmware.METERS)) {
      String serial = Payload.text(each, 17);
      gateway.registry.registered(serial).orElseThrow(Refused::invalid);
      meters.add(gateway.registry.onBus(serial).orElseThrow(Refused::invalid));
    }
    if (meters.isEmpty() || !gateway.firmware.hasImage() || gateway.firmware.running()) {
      throw Refused.invalid();
    }
    return call.update(() -> gateway.firmware.start(meters, call.now()));
  }
}
