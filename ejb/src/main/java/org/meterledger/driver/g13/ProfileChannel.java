package org.meterledger.driver.g13;

import java.util.ArrayList;
import java.util.List;
import org.meterledger.metering.Unit;

/** A load profile channel in use, with its interval. */
record ProfileChannel(int intervalSeconds, CapturedValues.Slot slot) {

  /** In the order of the channels. */
  static List<ProfileChannel> used(
      LoadProfileConfiguration configuration, ParameterMapping mapping, G13Tables tables) {
    var found = new ArrayList<ProfileChannel>();
    for (int i = 0; i < configuration.channels().size(); i++) {
      var channel = configuration.channels().get(i);
      if (channel.used()) {
        var known =
            mapping
                .name(channel.quantity())
                .flatMap(tables::find)
                .map(G13Tables.Register::channel)
                .orElseGet(() -> G13Tables.unknown(channel.quantity(), Unit.NONE));
        found.add(
            new ProfileChannel(channel.intervalSeconds(), new CapturedValues.Slot(i + 1, known)));
      }
    }
    return List.copyOf(found);
  }
}
