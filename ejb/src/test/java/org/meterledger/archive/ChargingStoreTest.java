package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.archive.ArchiveFixture.NOW;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterledger.charging.ArchivedRecord;
import org.meterledger.charging.ChargingPublicKey;
import org.meterledger.charging.ChargingRecords;
import org.meterledger.charging.MeterKeys;
import org.meterledger.charging.RecordDigest;
import org.meterledger.charging.RecordSigner;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.metering.Cursor;

/** Signed records in the archive: each once, as it came, and none for another. */
class ChargingStoreTest {

  private static final Instant BEGIN = Instant.parse("2026-11-20T08:00:00Z");

  private final ArchiveFixture archive = new ArchiveFixture();
  private final RecordSigner signer = new RecordSigner("DMED-1");
  private final ChargingRecords records = new ChargingRecords(archive.database);

  private void store(Instant at, SignedRecord... more) {
    archive.store.store(
        List.of(new Delivery(archive.meterId, at).chargingRecords(List.of(more))), at);
  }

  private static SignedRecord record(Long progressive, String text) {
    return new SignedRecord(progressive, null, text);
  }

  private List<String> texts() {
    return records.made(archive.meterId, null, null).stream().map(ArchivedRecord::text).toList();
  }

  private ArchivedRecord only() {
    var all = records.made(archive.meterId, null, null);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private List<String> noticed() {
    return archive.database.query(
        """
        select code || ' ' || detail from logbook_entry
         where meter_id = ? and logbook = '0-0:99.98.128*255' order by at, sequence""",
        row -> row.getString(1),
        archive.meterId);
  }

  @Test
  void recordIsKeptByteForByte() {
    var odd =
        signer.sign(
            " { \"PG\":\"T7\" ,\t\"ID\":\"Zürich ⚡ 😀 e\u0301\",\"RD\":[{\"TM\":"
                + "\"2026-11-20T09:00:00,000+0100 U\",\"RV\":1.50 ,\"XX\":1E0}]}\r\n");
    store(NOW, record(7L, odd));

    var kept = only();
    assertThat(kept.bytes()).isEqualTo(odd.getBytes(StandardCharsets.UTF_8));
    assertThat(kept.intact()).isTrue();
    assertThat(kept.madeAt()).isEqualTo(BEGIN);
    assertThat(kept.pagination()).isEqualTo("T7");
    assertThat(kept.progressive()).isEqualTo(7);
    assertThat(kept.receivedAt()).isEqualTo(NOW);
  }

  @Test
  void sameRecordAgainIsNothingNewButItsNumberIs() {
    var text = signer.record(7, BEGIN, 'B', "1.50");
    store(NOW, record(null, text));
    store(NOW.plusSeconds(60), record(31L, text), record(31L, text));

    assertThat(records.made(archive.meterId, null, null))
        .singleElement()
        .satisfies(
            kept -> {
              assertThat(kept.progressive()).isEqualTo(31);
              assertThat(kept.receivedAt()).isEqualTo(NOW);
            });
    assertThat(noticed()).isEmpty();
  }

  private List<String> refused() {
    return archive.database.query(
        """
        select concat_ws(' ', source, sequence, reason, field, raw) from refused_row
         where meter_id = ? order by id""",
        row -> row.getString(1),
        archive.meterId);
  }

  @Test
  void sameNumberWithOtherContentIsRefusedAndTheFirstIsKept() {
    var first = signer.record(7, BEGIN, 'B', "1.50");
    var second = signer.record(7, BEGIN.plusSeconds(1), 'B', "1.5");
    store(NOW, record(31L, first));
    store(NOW.plusSeconds(60), record(31L, second));
    store(NOW.plusSeconds(120), record(null, second), record(31L, second), record(31L, first));

    assertThat(texts()).containsExactly(first);
    assertThat(refused())
        .containsExactly(
            "1-0:99.128.0*255 31 twice PG " + second, "1-0:99.128.0*255 -1 twice PG " + second);
    assertThat(noticed())
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("20 ")
                    .contains("\"T7\"")
                    .contains(RecordDigest.of(first).hex())
                    .contains(RecordDigest.of(second).hex()))
        .hasSize(2);
  }

  @Test
  void sameNumberOfTheMeterWithOtherPaginationIsRefusedToo() {
    var first = signer.record(7, BEGIN, 'B', "1.50");
    store(NOW, record(31L, first));
    store(NOW, record(31L, signer.record(8, BEGIN, 'B', "1.50")), record(31L, "OCMF|nothing"));

    assertThat(texts()).containsExactly(first);
    assertThat(refused()).hasSize(2).allMatch(row -> row.contains(" 31 twice "));
  }

  /** A count that began anew, another device and another context are no second time. */
  @Test
  void sameNumberOfAnotherCountIsAnotherRecord() {
    var first = signer.record(7, BEGIN, 'B', "1.50");
    var fiscal = signer.sign("{\"PG\":\"F7\",\"MS\":\"DMED-1\",\"RD\":[]}");
    var exchanged = new RecordSigner("DMED-2").record(7, BEGIN.plusSeconds(2), 'B', "0.00");
    var anew = signer.record(7, BEGIN.plusSeconds(3), 'B', "3.00");
    store(NOW, record(7L, first), record(7L, fiscal), record(7L, exchanged));
    archive.store.store(
        List.of(
            new Delivery(archive.meterId, NOW)
                .chargingRecords(List.of(record(7L, anew)))
                .progress(ChargingSource.LOG, new Cursor(1, 7, null))),
        NOW);

    assertThat(texts()).containsExactlyInAnyOrder(first, fiscal, exchanged, anew);
    assertThat(refused()).isEmpty();
    assertThat(noticed()).isEmpty();
    store(NOW, record(null, signer.record(7, BEGIN.plusSeconds(4), 'B', "4.00")));
    assertThat(texts()).hasSize(4);
    assertThat(refused()).as("in the epoch that is read now").hasSize(1);
  }

  @Test
  void recordIsNotRefusedForWhatIsNone() {
    var text = signer.record(7, BEGIN, 'B', "1.50");
    store(NOW, record(7L, "OCMF|{\"PG\":|"));
    store(NOW.plusSeconds(60), record(7L, text));

    assertThat(texts()).contains(text).hasSize(2);
  }

  @Test
  void rollOverIsKeptWithTheRecordAndNotForgotten() {
    var text = signer.record(7, BEGIN, 'E', "1.50");
    store(NOW, record(null, text));
    assertThat(only().rolledOver()).isNull();
    store(NOW, record(7L, text).rolledOver(true));
    store(NOW, record(7L, text));

    assertThat(only().rolledOver()).isTrue();
    assertThat(new MeterKeys(List.of(), null).judge(only(), "DMED-1").rolledOver()).isTrue();
  }

  @Test
  void whatIsNoRecordIsKeptAndTold() {
    store(NOW, record(4L, "OCMF|{\"PG\":|"));
    store(NOW.plusSeconds(60), record(4L, "OCMF|{\"PG\":|"));

    assertThat(texts()).containsExactly("OCMF|{\"PG\":|");
    assertThat(only().madeAt()).isEqualTo(Instant.EPOCH);
    assertThat(noticed()).singleElement().asString().startsWith("22 ");
  }

  @Test
  void partOfTheRecordsOfASpanIsInTheirOrder() {
    for (int number = 1; number <= 12; number++) {
      store(NOW, record((long) number, signer.record(number, BEGIN, 'B', "1.50")));
    }
    store(NOW, record(13L, signer.record(13, BEGIN.plusSeconds(1), 'E', "1.50")));
    var end = BEGIN.plusSeconds(1);

    assertThat(records.count(archive.meterId, BEGIN, end)).isEqualTo(12);
    assertThat(records.count(archive.meterId, null, null)).isEqualTo(13);
    assertThat(records.made(archive.meterId, BEGIN, end, 8, 3))
        .extracting(ArchivedRecord::progressive)
        .containsExactly(9L, 10L, 11L);
    assertThat(records.made(archive.meterId, BEGIN, end, 11, 3)).hasSize(1);
    assertThat(records.made(archive.meterId, BEGIN, end, 12, 3)).isEmpty();
  }

  @Test
  void timesThatCannotBeMakeNoPartitions() {
    store(NOW, record(1L, signer.record(1, Instant.parse("9999-01-01T00:00:00Z"), 'B', "1")));

    assertThat(only().madeAt()).isEqualTo(Instant.EPOCH);
    assertThat(
            archive
                .database
                .first(
                    "select count(*) from pg_class where relname like 'charging_record_9%'",
                    row -> row.getInt(1))
                .orElseThrow())
        .isZero();
  }

  @Test
  void changedKeyOfTheMeterIsToldOnce() throws Exception {
    var other = new RecordSigner("DMED-1").key();
    for (var key : List.of(signer.key(), signer.key().toUpperCase(), other, other)) {
      archive.store.store(List.of(new Delivery(archive.meterId, NOW).chargingKey(key)), NOW);
    }

    assertThat(noticed())
        .singleElement()
        .asString()
        .startsWith("21 ")
        .contains(ChargingPublicKey.of(signer.key()).fingerprint())
        .contains(ChargingPublicKey.of(other).fingerprint());
  }

  @Test
  void meterThatFirstTellsAnotherKeyThanTheRegisteredIsAnAlarm() throws Exception {
    var registered = ChargingPublicKey.of(signer.key());
    archive.database.update(
        """
        insert into charging_key
          (meter_id, key, curve, fingerprint, valid_from, registered_by, registered_at)
        values (?, ?, 'secp256r1', ?, ?, 'somebody', ?)""",
        archive.meterId,
        registered.der(),
        registered.fingerprint(),
        Instant.EPOCH,
        NOW);
    archive.store.store(List.of(new Delivery(archive.meterId, NOW).chargingKey("no key")), NOW);

    assertThat(noticed()).singleElement().asString().startsWith("21 ").contains("no key");
  }

  @Test
  void recordsGoWithTheirMonth() {
    var old = signer.record(1, Instant.parse("2016-01-20T00:00:00Z"), 'B', "1");
    var later = signer.record(2, Instant.parse("2016-03-20T00:00:00Z"), 'B', "1");
    store(NOW, Stream.of(old, later).map(text -> record(null, text)).toArray(SignedRecord[]::new));
    var clock = Clock.fixed(Instant.parse("2017-03-15T00:00:00Z"), ZoneOffset.UTC);
    var partitions = new Partitions(archive.database, Partitions.Width.MONTH);

    new Retention(archive.database, partitions, clock, 0, 0, 0).apply();
    assertThat(texts()).containsExactly(old, later);
    new Retention(archive.database, partitions, clock, 13, 0, 0).apply();
    assertThat(texts()).containsExactly(later);
  }
}
