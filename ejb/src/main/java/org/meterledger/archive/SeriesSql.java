package org.meterledger.archive;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.meterledger.metering.Channel;
import org.meterledger.server.Database;

/** Builds the statement that thins a profile in the database, and reads its answer. */
final class SeriesSql {

  private static final int DECIMALS_OF_A_MEAN = 2;
  private static final long SECONDS_PER_HOUR = 3_600;

  private final RowsQuery query;
  private final Duration bucket;
  private final long periodSeconds;

  SeriesSql(RowsQuery query, Duration bucket) {
    this.query = query;
    this.bucket = bucket;
    var period = query.profile().capturePeriod();
    this.periodSeconds = period == null ? 0 : period.toSeconds();
  }

  String sql() {
    var numbers = new ArrayList<String>();
    var spreads = new ArrayList<String>();
    for (int i = 0; i < query.channels().size(); i++) {
      numbers.add(number(query.channels().get(i)) + " as v" + i);
      spreads.add(
          "min(v%1$d) as min%1$d, avg(v%1$d) as mean%1$d, max(v%1$d) as max%1$d".formatted(i));
    }
    return """
        with captured as (
          select period_end, status, values, lag(values) over recorded as before,
                 sequence = lag(sequence) over recorded + %d as adjacent,
                 period_end - lag(period_end) over recorded = interval '%d seconds' as whole
            from load_profile_entry
           where profile_id = ? and period_end > ? and period_end <= ?
          window recorded as (order by sequence)),
        told as (select period_end, status, %s from captured where period_end > ?)
        select date_bin(interval '%d seconds', period_end - interval '1 microsecond',
                        ?::timestamptz) as bucket,
               count(*) as rows, bit_or(status & %d) as flags, %s
          from told group by 1 order by 1"""
        .formatted(
            query.profile().step(),
            periodSeconds,
            String.join(", ", numbers),
            bucket.toSeconds(),
            query.profile().flagBits(),
            String.join(", ", spreads));
  }

  private String number(ProfileCatalog.ArchivedChannel channel) {
    if (!channel.channel().obis().cumulative() || query.values() == Values.READING) {
      return channel.terms().stream()
          .map(term -> "values[" + (term + 1) + "]")
          .collect(Collectors.joining(" + "));
    }
    String counted =
        channel.terms().stream()
            .map(term -> counted(term + 1, channel.channel()))
            .collect(Collectors.joining(" + "));
    if (query.values() == Values.POWER && periodSeconds == 0) {
      return "null::bigint"; // of rows that come as they like there is no power of a period
    }
    return query.values() == Values.POWER
        ? "case when adjacent and whole then (%s) * %s end".formatted(counted, perHour())
        : "case when adjacent then " + counted + " end";
  }

  /** Whole where it can be: with decimals the database takes several times as long. */
  private String perHour() {
    return SECONDS_PER_HOUR % periodSeconds == 0
        ? String.valueOf(SECONDS_PER_HOUR / periodSeconds)
        : SECONDS_PER_HOUR + ".0 / " + periodSeconds;
  }

  /** Null where the register went back for no reason that the model knows. */
  private static String counted(int position, Channel channel) {
    String now = "values[" + position + "]";
    String before = "before[" + position + "]";
    String wentBack =
        channel.rollover() > 0 ? now + " - " + before + " + " + channel.rollover() : "null";
    return "case when %s >= %s then %1$s - %2$s else %s end".formatted(now, before, wentBack);
  }

  Series.Point point(ResultSet row) throws SQLException {
    var start = Database.instant(row, "bucket");
    var values = new ArrayList<Series.Spread>();
    for (int i = 0; i < query.channels().size(); i++) {
      var channel = query.channels().get(i).channel();
      values.add(
          new Series.Spread(
              scaled(row.getBigDecimal("min" + i), channel),
              scaled(row.getBigDecimal("mean" + i), channel),
              scaled(row.getBigDecimal("max" + i), channel)));
    }
    int expected = periodSeconds == 0 ? 0 : (int) (bucket.toSeconds() / periodSeconds);
    return new Series.Point(
        start, row.getInt("rows"), expected, row.getInt("flags"), List.copyOf(values));
  }

  private static BigDecimal scaled(BigDecimal raw, Channel channel) {
    if (raw == null) {
      return null;
    }
    var value = raw.scaleByPowerOfTen(channel.scaler());
    int decimals = Math.max(0, -channel.scaler()) + DECIMALS_OF_A_MEAN;
    return value.scale() > decimals ? value.setScale(decimals, RoundingMode.HALF_EVEN) : value;
  }
}
