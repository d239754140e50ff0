package org.meterledger.archive;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterledger.charging.ChargingPublicKey;
import org.meterledger.charging.InvalidPublicKey;
import org.meterledger.charging.NotOcmf;
import org.meterledger.charging.OcmfReading;
import org.meterledger.charging.OcmfRecord;
import org.meterledger.charging.RecordDigest;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.driver.Finding;
import org.meterledger.driver.RefusedRow;
import org.meterledger.metering.Cursor;
import org.meterledger.server.Database;

/**
 * Stores signed records, each once and byte for byte, and what meters say of their keys. A record
 * is never changed and never replaced: what comes under its number with another content is refused,
 * and kept as a refused row.
 */
final class ChargingStore {

  /** No meter signed before, or will after; beyond, the time in a record is none. */
  private static final Instant EARLIEST = Instant.parse("2010-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");

  private static final String STORE =
      """
      insert into charging_record
        (meter_id, made_at, sha256, text, pagination, progressive, epoch, rolled_over, received_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""";

  /** What a command returned comes again from the log, which tells its number. */
  private static final String AGAIN =
      """
      update charging_record
         set progressive = coalesce(progressive, ?), rolled_over = coalesce(rolled_over, ?)
       where meter_id = ? and made_at = ? and sha256 = ?""";

  /** Each context of pagination, its letter, has a count of its own. */
  private static final String OTHERS =
      """
      select sha256, text from charging_record, (select ?::text pg, ?::bigint number) it
       where meter_id = ? and epoch = ? and sha256 <> ?
         and (pagination = pg
              or progressive = number
                 and (pagination is null or pg is null or left(pagination, 1) = left(pg, 1)))
       order by received_at limit 10""";

  private static final String REFUSE =
      """
      insert into refused_row (meter_id, source, sequence, reason, field, raw, refused_at)
      values (?, ?, ?, 'twice', ?, ?, ?) on conflict do nothing""";

  private static final String EPOCH =
      "select epoch from archive_cursor where meter_id = ? and source = ?";

  private static final String TELL_KEY =
      """
      insert into charging_key_told (meter_id, key, fingerprint, told_at, since)
      values (?, ?, ?, ?, ?)
      on conflict (meter_id) do update
        set key = excluded.key, fingerprint = excluded.fingerprint, told_at = excluded.told_at,
            since = case when charging_key_told.key = excluded.key then charging_key_told.since
                         else excluded.since end""";

  /** Before a meter first tells its key, the registered one stands for what it was. */
  private static final String KEY_BEFORE =
      """
      select coalesce(fingerprint, key) from charging_key_told where meter_id = ?
      union all
      (select fingerprint from charging_key
        where meter_id = ? and withdrawn_at is null order by id desc limit 1)
      limit 1""";

  private final Connection connection;

  ChargingStore(Connection connection) {
    this.connection = connection;
  }

  /** When a record was made, as it tells it; a time that cannot be becomes 1970. */
  static Instant madeAt(OcmfRecord record) {
    if (record == null) {
      return Instant.EPOCH;
    }
    return record.readings().stream()
        .map(OcmfReading::time)
        .filter(Objects::nonNull)
        .map(OffsetDateTime::toInstant)
        .filter(at -> !at.isBefore(EARLIEST) && at.isBefore(LATEST))
        .reduce((first, last) -> last)
        .orElse(Instant.EPOCH);
  }

  /** The times for which partitions are needed. */
  static Set<Instant> times(Delivery delivery) {
    return delivery.chargingRecords().stream()
        .map(each -> madeAt(parsed(each.text())))
        .filter(at -> !at.equals(Instant.EPOCH))
        .collect(Collectors.toSet());
  }

  private static OcmfRecord parsed(String text) {
    try {
      return OcmfRecord.of(text);
    } catch (NotOcmf e) {
      return null;
    }
  }

  /** What was noticed of each delivery, in their order. */
  List<List<Finding>> store(List<Delivery> deliveries) throws SQLException {
    var findings = new ArrayList<List<Finding>>();
    for (var delivery : deliveries) {
      var noticed = new ArrayList<Finding>();
      var epoch = delivery.chargingRecords().isEmpty() ? 0 : epoch(delivery);
      for (var record : delivery.chargingRecords()) {
        store(delivery, record, epoch, noticed);
      }
      if (delivery.chargingKey() != null) {
        key(delivery, noticed);
      }
      findings.add(noticed);
    }
    return findings;
  }

  private void store(Delivery delivery, SignedRecord received, int epoch, List<Finding> noticed)
      throws SQLException {
    byte[] text = received.text().getBytes(StandardCharsets.UTF_8);
    var digest = RecordDigest.of(text);
    OcmfRecord record = null;
    String why = null;
    try {
      record = OcmfRecord.of(received.text());
    } catch (NotOcmf e) {
      why = e.getMessage();
    }
    var at = madeAt(record);
    var pagination =
        record == null || record.pagination() == null ? null : record.pagination().toString();
    var number = received.progressive();
    var rolledOver = received.rolledOver();
    int meter = delivery.meterId();
    if (update(AGAIN, number, rolledOver, meter, at, digest.bytes()) > 0) {
      return;
    }
    var before = before(meter, epoch, pagination, number, digest, record);
    if (before != null) {
      refuse(delivery, received, new Cursor(epoch, -1, null), pagination, before, noticed);
      return;
    }
    update(
        STORE,
        meter,
        at,
        digest.bytes(),
        text,
        pagination,
        number,
        epoch,
        rolledOver,
        delivery.receivedAt());
    if (record == null) {
      noticed.add(
          finding(Finding.Kind.CHARGING_RECORD_UNREADABLE, "sha256", digest.hex(), "why", why));
    }
  }

  /** Of which cycle of the meter's numbers the records are. */
  private int epoch(Delivery delivery) throws SQLException {
    for (var progress : delivery.progress()) {
      if (progress.source().equals(ChargingSource.LOG)) {
        return progress.cursor().epoch();
      }
    }
    Integer known =
        first(EPOCH, row -> row.getInt(1), delivery.meterId(), ChargingSource.LOG.toString());
    return known == null ? 0 : known;
  }

  /**
   * The archived record that has the number of this one; null where there is none. Another signing
   * device has a count of its own, and what is no record stands in the way of none.
   */
  private RecordDigest before(
      int meter, int epoch, String pagination, Long number, RecordDigest digest, OcmfRecord record)
      throws SQLException {
    try (var statement =
            Database.prepare(connection, OTHERS, pagination, number, meter, epoch, digest.bytes());
        var rows = statement.executeQuery()) {
      while (rows.next()) {
        var other = parsed(new String(rows.getBytes("text"), StandardCharsets.UTF_8));
        if (record == null
            || other != null && other.serialNumbers().equals(record.serialNumbers())) {
          return new RecordDigest(HexFormat.of().formatHex(rows.getBytes("sha256")));
        }
      }
      return null;
    }
  }

  private void refuse(
      Delivery delivery,
      SignedRecord received,
      Cursor epoch,
      String pagination,
      RecordDigest before,
      List<Finding> noticed)
      throws SQLException {
    var number = received.progressive();
    var text = received.text().getBytes(StandardCharsets.UTF_8);
    var refused =
        update(
            REFUSE,
            delivery.meterId(),
            ChargingSource.LOG.toString(),
            number == null ? -1 : epoch.sequence(number),
            pagination == null ? "" : "PG",
            RefusedRow.raw(text),
            delivery.receivedAt());
    if (refused > 0) {
      noticed.add(
          finding(
              Finding.Kind.CHARGING_RECORD_TWICE,
              "number",
              pagination == null ? String.valueOf(number) : pagination,
              "before",
              before.hex(),
              "now",
              RecordDigest.of(text).hex()));
    }
  }

  private void key(Delivery delivery, List<Finding> noticed) throws SQLException {
    int meter = delivery.meterId();
    var told = delivery.chargingKey();
    var fingerprint = fingerprint(told);
    var before = first(KEY_BEFORE, row -> row.getString(1), meter, meter);
    var now = fingerprint == null ? told : fingerprint;
    if (before != null && !before.equals(now)) {
      noticed.add(finding(Finding.Kind.CHARGING_KEY_CHANGED, "before", before, "now", now));
    }
    update(TELL_KEY, meter, told, fingerprint, delivery.receivedAt(), delivery.receivedAt());
  }

  private static String fingerprint(String told) {
    try {
      return ChargingPublicKey.of(told).fingerprint();
    } catch (InvalidPublicKey e) {
      return null;
    }
  }

  private int update(String sql, Object... parameters) throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters)) {
      return statement.executeUpdate();
    }
  }

  private <T> T first(String sql, Database.RowReader<T> reader, Object... parameters)
      throws SQLException {
    try (var statement = Database.prepare(connection, sql, parameters);
        var rows = statement.executeQuery()) {
      return rows.next() ? reader.read(rows) : null;
    }
  }

  private static Finding finding(Finding.Kind kind, String... detail) {
    Map<String, String> named = new LinkedHashMap<>();
    for (int i = 0; i < detail.length; i += 2) {
      named.put(detail[i], detail[i + 1]);
    }
    return new Finding(kind, named);
  }
}
