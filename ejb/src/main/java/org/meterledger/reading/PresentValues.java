package org.meterledger.reading;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.archive.Delivery;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.driver.RegisterSource;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;

/**
 * Archives present values as rows of profiles of the portal's own (1-0:99.128.0, and 1 and so on
 * for a meter with many), so that nothing a meter gave is lost when the next reading comes. Minima
 * and maxima are left out: they carry a time of their own.
 */
final class PresentValues {

  private final ProfileCatalog catalog;

  PresentValues(ProfileCatalog catalog) {
    this.catalog = catalog;
  }

  void archive(
      int meterId, RegisterSource source, RegisterReading reading, Instant now, Delivery delivery) {
    var channels =
        source.registers().stream()
            .filter(channel -> channel.obis().d() == 7 || channel.obis().cumulative())
            .toList();
    var values = new HashMap<ObisCode, RegisterValue>();
    for (var value : reading.values()) {
      if (value.occurredAt() == null) {
        values.put(value.obis(), value);
      }
    }
    var at =
        (reading.meterTime() == null ? now : reading.meterTime()).truncatedTo(ChronoUnit.SECONDS);
    // by the table of the model, so that a register is always in the same part
    for (int from = 0; from < channels.size(); from += ProfileRow.MAX_CHANNELS) {
      var part = channels.subList(from, Math.min(from + ProfileRow.MAX_CHANNELS, channels.size()));
      var row = row(part, values, at);
      if (row.present() != 0) {
        var obis = ProfileCatalog.presentValues(from / ProfileRow.MAX_CHANNELS);
        delivery.rows(catalog.profile(meterId, obis, 1, part, List.of()), null, List.of(row));
      }
    }
  }

  private static ProfileRow row(
      List<Channel> channels, Map<ObisCode, RegisterValue> given, Instant at) {
    long[] values = new long[channels.size()];
    long present = 0;
    for (int i = 0; i < values.length; i++) {
      var value = given.get(channels.get(i).obis());
      if (value != null) {
        var raw = value.quantity().value().scaleByPowerOfTen(-channels.get(i).scaler());
        values[i] = raw.longValueExact();
        present |= 1L << i;
      }
    }
    return new ProfileRow(at, at.getEpochSecond(), 0, 0, values, present);
  }
}
