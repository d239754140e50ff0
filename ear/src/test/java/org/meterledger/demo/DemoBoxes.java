package org.meterledger.demo;

import java.util.List;
import org.meterledger.simulators.meterextension.ConnectedMeter;
import org.meterledger.simulators.meterextension.MeterExtensionFleet;
import org.meterledger.simulators.meterextension.MeterExtensionSimulator;

/** Boxes that hear the meters of houses abroad. */
final class DemoBoxes {

  private static final String MODEL = "cuculus-meterextension-1";

  private DemoBoxes() {}

  static MeterExtensionSimulator start(int count, DemoMemory memory, int firstPort) {
    return MeterExtensionSimulator.start(
        MeterExtensionFleet.demonstration(count, memory.seed()), firstPort);
  }

  /** Serial numbers of the meters that a box hears. */
  static List<String> serials(MeterExtensionSimulator boxes, int number) {
    return boxes.box(number).settings().meters().stream()
        .map(ConnectedMeter.Settings::meterId)
        .toList();
  }

  /** A meter as the API takes it. */
  static String json(MeterExtensionSimulator boxes, int number, String serial) {
    return """
    {"serialNumber": "%s", "model": "%s", "alias": "Holiday flat %d", "address": "http://127.0.0.1:%d",
     "timeZone": "Europe/Zurich"}
    """
        .formatted(serial, MODEL, number + 1, boxes.port(number));
  }
}
