package org.meterledger.reading;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
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

  private static final Predicate<ObisCode> MEASURED = obis -> obis.d() == 7 || obis.cumulative();

  /** Of ports, flags and the like, which are of no medium; in rows of their own. */
  private static final Predicate<ObisCode> STATE = obis -> obis.a() == 0 && !MEASURED.test(obis);

  private final ProfileCatalog catalog;

  PresentValues(ProfileCatalog catalog) {
    this.catalog = catalog;
  }

  void archive(
      int meterId, RegisterSource source, RegisterReading reading, Instant now, Delivery delivery) {
    var values = new HashMap<ObisCode, RegisterValue>();
    for (var value : reading.values()) {
      if (value.occurredAt() == null) {
        values.put(value.obis(), value);
      }
    }
    var at =
        (reading.meterTime() == null ? now : reading.meterTime()).truncatedTo(ChronoUnit.SECONDS);
    int part = 0;
    for (Predicate<ObisCode> kind : List.of(MEASURED, STATE)) {
      // by the table of the model, so that a register is always in the same part
      var channels = source.registers().stream().filter(each -> kind.test(each.obis())).toList();
      for (int from = 0; from < channels.size(); from += ProfileRow.MAX_CHANNELS, part++) {
        var some =
            channels.subList(from, Math.min(from + ProfileRow.MAX_CHANNELS, channels.size()));
        var row = row(some, values, at);
        if (row.present() != 0) {
          var obis = ProfileCatalog.presentValues(part);
          delivery.rows(catalog.profile(meterId, obis, 1, some, List.of()), null, List.of(row));
        }
      }
    }
  }

  /** What a channel cannot hold as it was told stays a present value. */
  private static ProfileRow row(
      List<Channel> channels, Map<ObisCode, RegisterValue> given, Instant at) {
    long[] values = new long[channels.size()];
    long present = 0;
    for (int i = 0; i < values.length; i++) {
      var value = given.get(channels.get(i).obis());
      var raw = value == null ? OptionalLong.empty() : channels.get(i).raw(value.quantity());
      if (raw.isPresent()) {
        values[i] = raw.getAsLong();
        present |= 1L << i;
      }
    }
    return new ProfileRow(at, at.getEpochSecond(), 0, 0, values, present);
  }
}
