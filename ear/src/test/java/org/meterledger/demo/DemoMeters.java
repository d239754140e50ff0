package org.meterledger.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.meterledger.simulators.emu.EmuFleet;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;

/** The meters of a small town, as its utility would name them. */
final class DemoMeters {

  /** How the fleet alternates: a household, a shop, a house with photovoltaics. */
  private static final List<String> PLACES =
      List.of(
          "Seestrasse 12, flat 1",
          "Lindenhof bakery",
          "School house, photovoltaics",
          "Seestrasse 12, flat 2",
          "Post office",
          "Community barn, photovoltaics",
          "Seestrasse 12, common parts",
          "Bahnhof kiosk",
          "Fire station, photovoltaics",
          "Kirchgasse 3",
          "Pharmacy at the bridge",
          "Sports hall, photovoltaics",
          "Kirchgasse 5",
          "Restaurant Krone",
          "Kirchgasse 7, photovoltaics",
          "Obere Halde 21",
          "Joinery Halde",
          "Obere Halde 23, photovoltaics",
          "Obere Halde 25",
          "Waterworks office",
          "Farm Au, photovoltaics",
          "Farm Au, dwelling",
          "Village shop Au",
          "Cheese dairy Au, photovoltaics");

  /** Their present values are read every minute. */
  private static final List<Integer> WATCHED = List.of(1, 2, 7);

  /** Wants a password that nobody has entered yet, so that there is a fault to look at and cure. */
  private static final int PROTECTED = 19;

  private static final String METER_PASSWORD = "waterworks";

  /** Swiss metering point: country, operator (a number that none has), and 20 digits. */
  private static final String METERING_POINT = "CH99999000001%020d";

  private DemoMeters() {}

  static EmuSimulator start(int count, int days, DemoMemory memory, int firstPort) {
    List<EmuMeter.Settings> fleet =
        new ArrayList<>(EmuFleet.demonstration(count, days, memory.seed(), memory.begun()));
    if (count > PROTECTED) {
      fleet.set(PROTECTED, fleet.get(PROTECTED).withPassword(METER_PASSWORD));
    }
    return EmuSimulator.start(fleet, firstPort);
  }

  private static String alias(int number) {
    return PLACES.get(number % PLACES.size());
  }

  /** What can be tried with the one meter that is not read; empty where the lot is too small. */
  static Optional<String> riddle(EmuSimulator meters) {
    return meters.size() > PROTECTED
        ? Optional.of(
            "Meter %s (%s) is waiting for its user name admin and password %s"
                .formatted(
                    meters.meter(PROTECTED).settings().serialNumber(),
                    alias(PROTECTED),
                    METER_PASSWORD))
        : Optional.empty();
  }

  /** A meter as the API takes it. */
  static String json(EmuSimulator meters, int number) {
    return """
    {"serialNumber": "%s", "model": "emu-professional-ii", "alias": "%s", "address": "%s",
     "timeZone": "Europe/Zurich", "meteringPoint": "%s", "watched": %s}
    """
        .formatted(
            meters.meter(number).settings().serialNumber(),
            alias(number),
            meters.uri(number),
            METERING_POINT.formatted(number + 1),
            WATCHED.contains(number));
  }
}
