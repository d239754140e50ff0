package org.meterledger.archive;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.Unit;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;

/** A meter with two energy registers (T1, T2), their sum, and a power, to write and to query. */
final class ArchiveFixture {

  static final ObisCode PROFILE = ObisCode.of("1-0:99.1.0");
  static final ObisCode T1 = ObisCode.of("1-0:1.8.1");
  static final ObisCode T2 = ObisCode.of("1-0:1.8.2");
  static final ObisCode TOTAL = ObisCode.of("1-0:1.8.0");
  static final ObisCode POWER = ObisCode.of("1-0:16.7.0");
  static final Instant MIDNIGHT = Instant.parse("2026-11-20T00:00:00Z");
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  static final Duration PERIOD = Duration.ofMinutes(15);

  private static final AtomicInteger SERIAL = new AtomicInteger();

  final Database database;
  final ProfileCatalog catalog;
  final DeliveryStore store;
  final LoadProfiles loadProfiles;
  final int meterId;

  ArchiveFixture() {
    this(TestDatabase.database());
  }

  ArchiveFixture(Database database) {
    this.database = database;
    catalog = new ProfileCatalog(database);
    store =
        new DeliveryStore(
            database,
            new Partitions(database, Partitions.Width.MONTH),
            catalog,
            new Notices(database),
            new Node("test"));
    loadProfiles = new LoadProfiles(database, catalog);
    meterId =
        TestDatabase.meter(database, "archive-" + SERIAL.incrementAndGet(), "http://127.0.0.1:1");
    database.update(
        "insert into meter_contact (meter_id, leased_until) values (?, ?)", meterId, MIDNIGHT);
  }

  static Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }

  ProfileCatalog.Profile profile() {
    return profile(0);
  }

  ProfileCatalog.Profile profile(long rollover) {
    return catalog.profile(
        meterId,
        PROFILE,
        1,
        List.of(
            new Channel(T1, Unit.WATT_HOUR, 0, rollover),
            new Channel(T2, Unit.WATT_HOUR, 0, rollover),
            new Channel(POWER, Unit.WATT, 0, 0)),
        List.of(new ProfileCatalog.Sum(TOTAL, List.of(T1, T2))));
  }

  static ProfileRow row(int period, long index, long t1, long t2) {
    return row(MIDNIGHT.plus(PERIOD.multipliedBy(period)), index, t1, t2);
  }

  static ProfileRow row(Instant at, long index, long t1, long t2) {
    return new ProfileRow(
        at, Cursor.START.sequence(index), 0, 0, new long[] {t1, t2, 7}, ProfileRow.all(3));
  }

  Delivery delivery(ProfileRow... rows) {
    return new Delivery(meterId, NOW).rows(profile(), PERIOD, List.of(rows));
  }

  Stored store(ProfileRow... rows) {
    return store.store(List.of(delivery(rows)), NOW).get(0);
  }

  RowsQuery query(Values values, ObisCode... channels) {
    var profile = loadProfiles.find(meterId, null).orElseThrow();
    return new RowsQuery(
        profile,
        List.of(channels).stream().map(profile::channel).toList(),
        new Interval(MIDNIGHT, MIDNIGHT.plus(Duration.ofDays(1))),
        values);
  }
}
