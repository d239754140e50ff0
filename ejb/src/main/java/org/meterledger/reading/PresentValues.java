package org.meterledger.reading;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.archive.Delivery;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.driver.RegisterSource;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RegisterReading;

/**
 * Archives present values as rows of a profile of the portal's own (1-0:99.128.0), so that nothing
 * a meter gave is lost when the next reading comes. Minima and maxima are left out: they carry a
 * time of their own.
 */
final class PresentValues {

  private final ProfileCatalog catalog;

  PresentValues(ProfileCatalog catalog) {
    this.catalog = catalog;
  }

  void archive(
      int meterId, RegisterSource source, RegisterReading reading, Instant now, Delivery delivery) {
    var channels = channels(source);
    var row = row(channels, reading, now);
    if (row.present() != 0) {
      var profile = catalog.profile(meterId, ProfileCatalog.PRESENT_VALUES, channels, List.of());
      delivery.rows(profile, null, List.of(row));
    }
  }

  private static List<Channel> channels(RegisterSource source) {
    return source.registers().stream()
        .filter(channel -> channel.obis().d() == 7 || channel.obis().cumulative())
        .toList();
  }

  private static ProfileRow row(List<Channel> channels, RegisterReading reading, Instant now) {
    var codes = new ArrayList<>(channels.stream().map(Channel::obis).toList());
    long[] values = new long[channels.size()];
    long present = 0;
    for (var value : reading.values()) {
      int i = codes.indexOf(value.obis());
      if (i >= 0 && value.occurredAt() == null) {
        var raw = value.quantity().value().scaleByPowerOfTen(-channels.get(i).scaler());
        values[i] = raw.longValueExact();
        present |= 1L << i;
      }
    }
    var at =
        (reading.meterTime() == null ? now : reading.meterTime()).truncatedTo(ChronoUnit.SECONDS);
    return new ProfileRow(at, at.getEpochSecond(), 0, 0, values, present);
  }
}
