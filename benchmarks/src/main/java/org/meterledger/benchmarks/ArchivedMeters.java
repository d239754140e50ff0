package org.meterledger.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.Unit;
import org.meterledger.server.Database;

/** Meters that nobody calls, each with one load profile, made known all at once. */
final class ArchivedMeters {

  static final ObisCode PROFILE = ObisCode.of("1-0:99.1.0");

  /** Begin of the partition that is written to. */
  static final Instant MONTH = Instant.parse("2026-01-01T00:00:00Z");

  private static final int ROWS_PER_COMMIT = 200_000;
  private static final double MILLIS = 1e3;

  private static final String DESCRIBE =
      """
      insert into load_profile_channel (profile_id, obis, unit, scaler, rollover, terms)
      select p.id, ?, ?, ?, 0, array[?]::smallint[] from load_profile p
       where p.id between ? and ?""";

  private static final String REGISTER =
      """
      with made as (
        insert into meter (serial_number, model, address, time_zone, state, watched, version,
                           created_at, updated_at)
        select ? || '-' || n, 'emu-professional-ii', 'http://127.0.0.1:1', 'Europe/Zurich',
               'PAUSED', false, 0, ?, ? from generate_series(1, ?) as n
        returning id),
      contact as (insert into meter_contact (meter_id, leased_until) select id, ? from made),
      task as (
        insert into reading_task (meter_id, plan_id, network_id, due_at, late_at)
        select id, 1, 1, told.due_at, told.due_at
          from made, (values (?::timestamptz)) as told (due_at)),
      cursor as (
        insert into archive_cursor (meter_id, source, epoch, index, at)
        select id, ?, 0, 0, ? from made)
      insert into load_profile (meter_id, obis, capture_period, first_at)
      select id, ?, 900, ? from made returning id, meter_id""";

  private final Database database;
  private final int channels;
  private final List<ProfileCatalog.Profile> profiles;

  private ArchivedMeters(Database database, int channels, List<ProfileCatalog.Profile> profiles) {
    this.database = database;
    this.channels = channels;
    this.profiles = profiles;
  }

  /**
   * @param name of the lot, unlike any other
   */
  static ArchivedMeters register(Database database, String name, int count, int channels) {
    var archived =
        IntStream.range(0, channels)
            .mapToObj(ArchivedMeters::channel)
            .map(c -> new ProfileCatalog.ArchivedChannel(c, List.of(position(c))))
            .toList();
    var profiles =
        database.query(
            REGISTER,
            row ->
                new ProfileCatalog.Profile(
                    row.getInt("id"),
                    row.getInt("meter_id"),
                    PROFILE,
                    Duration.ofMinutes(15),
                    MONTH,
                    1,
                    archived),
            name,
            MONTH,
            MONTH,
            count,
            MONTH,
            MONTH,
            PROFILE.toString(),
            MONTH,
            PROFILE.toString(),
            MONTH);
    // as a database in service would be, so that no measurement pays for it
    database.update("vacuum (analyze) meter_contact, archive_cursor, load_profile, reading_task");
    return new ArchivedMeters(database, channels, profiles);
  }

  /** Registers of import by tariff: B of the code is the channel, for a meter has no 20 of them. */
  private static Channel channel(int position) {
    return new Channel(ObisCode.of("1-" + (position + 1) + ":1.8.0"), Unit.WATT_HOUR, 0, 0);
  }

  private static int position(Channel channel) {
    return channel.obis().b() - 1;
  }

  /** Tells the database of the channels too, which takes longer than the rest. */
  ArchivedMeters described() {
    for (var channel : profiles.get(0).channels()) {
      database.update(
          DESCRIBE,
          channel.channel().obis().toString(),
          channel.channel().unit().symbol(),
          channel.channel().scaler(),
          channel.terms().get(0) + 1,
          first(),
          last());
    }
    return this;
  }

  private int first() {
    return profiles.get(0).id();
  }

  private int last() {
    return profiles.get(profiles.size() - 1).id();
  }

  List<ProfileCatalog.Profile> profiles() {
    return profiles;
  }

  /** What a meter's registers read at the end of a period: they count, each at its own pace. */
  ProfileRow row(ProfileCatalog.Profile profile, Instant periodEnd, int period) {
    var values = new long[channels];
    for (int i = 0; i < channels; i++) {
      values[i] = value(profile.id(), period, i);
    }
    return new ProfileRow(
        periodEnd, Cursor.START.sequence(period), 0, 0, values, ProfileRow.all(channels));
  }

  private static long value(int profileId, int period, int channel) {
    return profileId * 1_000_003L + (long) period * (channel + 7);
  }

  /** The same value, told to the database. */
  private String valuesSql() {
    return IntStream.range(0, channels)
        .mapToObj(i -> "id * 1000003::bigint + n * " + (i + 7) + "::bigint")
        .collect(Collectors.joining(", ", "array[", "]"));
  }

  /**
   * Fills the archive without the archive's help: row after row in time, at each time all meters in
   * another order, as they would have come in.
   *
   * @param from the first period's number
   * @param to the number after the last
   */
  void fill(Instant begin, Duration period, int from, int to) {
    String sql =
        """
        insert into load_profile_entry
          (period_end, sequence, profile_id, occurrence, status, values)
        select ?::timestamptz + n * make_interval(secs => ?), n, id, 0, 0, %s
          from (select n, id from generate_series(?, ?) as n, load_profile
                 where id between ? and ? order by n, hashint8(id * 8191::bigint + n) offset 0) e"""
            .formatted(valuesSql());
    int step = Math.max(1, ROWS_PER_COMMIT / profiles.size());
    for (int start = from; start < to; start += step) {
      database.update(
          sql,
          begin,
          period.toMillis() / MILLIS,
          start,
          Math.min(start + step, to) - 1,
          first(),
          last());
    }
  }
}
