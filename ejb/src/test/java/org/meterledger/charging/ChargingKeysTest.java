package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;
import org.meterledger.audit.Audit;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.server.TestDatabase;
import org.meterledger.simulators.SettableClock;

/** Keys that people register, and what records are worth by them. */
class ChargingKeysTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final AtomicInteger TEST = new AtomicInteger();

  private final Database database = TestDatabase.database();
  private final SettableClock clock = new SettableClock(NOW);
  private final String serial = "charging-key-" + TEST.incrementAndGet();
  private final int meterId = TestDatabase.meter(serial, "http://127.0.0.1:1");
  private final ChargingKeys keys = keys(EnumSet.allOf(Permission.class));
  private final RecordSigner signer = new RecordSigner(serial);
  private final RecordSigner other = new RecordSigner(serial);

  private ChargingKeys keys(EnumSet<Permission> permissions) {
    var caller = new CurrentCaller();
    caller.is(
        1,
        "somebody",
        null,
        new Privileges(List.of(new Privileges.Given(permissions, 1, AccessLevel.CONFIGURE))));
    return new ChargingKeys(
        database,
        new Access(database, caller),
        caller,
        new Audit(database, new CurrentCaller(), clock),
        clock);
  }

  private static ChargingPublicKey key(RecordSigner of) {
    try {
      return ChargingPublicKey.of(of.key());
    } catch (InvalidPublicKey e) {
      throw new AssertionError(e);
    }
  }

  private ArchivedRecord record(RecordSigner by, Instant at) {
    var text = by.record(1, at, 'B', "1.50");
    var bytes = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return new ArchivedRecord(RecordDigest.of(text), bytes, at, "T1", null, null, NOW);
  }

  private Verdict.Reason reason(RecordSigner by, Instant at) {
    return keys.of(meterId).judge(record(by, at), serial).verdict().reason();
  }

  @Test
  void firstKeyCountsForAllRecordsAndTheNextForThoseFromThenOn() {
    assertThat(keys.of(meterId).version()).isZero();
    assertThat(reason(signer, NOW)).isEqualTo(Verdict.Reason.NO_KEY);

    var first = keys.register(meterId, serial, 0, key(signer), null);
    clock.advance(Duration.ofDays(1));
    var later = clock.instant();
    keys.register(meterId, serial, first.version(), key(other), null);

    assertThat(reason(signer, NOW.minusSeconds(1))).isEqualTo(Verdict.Reason.SIGNATURE_MATCHES);
    assertThat(reason(other, NOW.minusSeconds(1))).isEqualTo(Verdict.Reason.SIGNATURE_DIFFERS);
    assertThat(reason(other, later)).isEqualTo(Verdict.Reason.SIGNATURE_MATCHES);
    assertThat(reason(other, Instant.EPOCH)).isEqualTo(Verdict.Reason.SIGNATURE_MATCHES);
    assertThat(keys.of(meterId).registered())
        .extracting(RegisteredKey::registeredBy)
        .containsExactly("somebody", "somebody");
  }

  @Test
  void keyThatWasAnErrorIsTakenBackAndTheOneBeforeCountsAgain() {
    var first = keys.register(meterId, serial, 0, key(signer), null);
    clock.advance(Duration.ofDays(1));
    var second = keys.register(meterId, serial, first.version(), key(other), null);

    var left = keys.withdraw(meterId, serial, second.version());

    assertThat(left.version()).isEqualTo(first.version());
    assertThat(left.registered()).hasSize(2);
    assertThat(reason(signer, clock.instant())).isEqualTo(Verdict.Reason.SIGNATURE_MATCHES);
    keys.withdraw(meterId, serial, left.version());
    assertThatThrownBy(() -> keys.withdraw(meterId, serial, 0)).isInstanceOf(NotThere.class);
  }

  @Test
  void whoHasSeenAnotherKeyChangesNothing() {
    keys.register(meterId, serial, 0, key(signer), null);

    assertThatThrownBy(() -> keys.register(meterId, serial, 0, key(other), null))
        .isInstanceOf(ChangedMeanwhile.class);
    assertThatThrownBy(() -> keys.withdraw(meterId, serial, 0))
        .isInstanceOf(ChangedMeanwhile.class);
    assertThat(keys.of(meterId).registered()).hasSize(1);
  }

  @Test
  void keyOfTheFutureOrBeforeTheLastOrTwiceIsRefused() {
    assertThatThrownBy(() -> keys.register(meterId, serial, 0, key(signer), NOW.plusSeconds(1)))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.rule()).isEqualTo("future"));
    int version = keys.register(meterId, serial, 0, key(signer), NOW).version();
    assertThatThrownBy(() -> keys.register(meterId, serial, version, key(other), NOW))
        .isInstanceOfSatisfying(InvalidInput.class, e -> assertThat(e.rule()).isEqualTo("order"));
    assertThatThrownBy(() -> keys.register(meterId, serial, version, key(signer), null))
        .isInstanceOfSatisfying(
            InvalidInput.class, e -> assertThat(e.rule()).isEqualTo("registered"));
  }

  @Test
  void whoMayNotManageMetersRegistersNothing() {
    var operator = keys(EnumSet.of(Permission.VIEW_METERS, Permission.OPERATE));

    assertThatThrownBy(() -> operator.register(meterId, serial, 0, key(signer), null))
        .isInstanceOf(AccessDenied.class);
    assertThat(keys.of(meterId).registered()).isEmpty();
  }

  @Test
  void whatIsRegisteredIsInTheTrailWithoutAnybodysRecord() {
    keys.register(meterId, serial, 0, key(signer), null);

    assertThat(
            database.query(
                "select action || ' ' || after from audit_entry where subject = ?",
                row -> row.getString(1),
                serial))
        .singleElement()
        .asString()
        .startsWith("CHARGING_KEY_REGISTER ")
        .contains(key(signer).fingerprint());
  }

  @Test
  void whatTheMeterTellsIsComparedWithWhatIsRegistered() {
    assertThat(keys.of(meterId).comparison()).isEqualTo(MeterKeys.Comparison.NOT_REGISTERED);
    keys.register(meterId, serial, 0, key(signer), null);
    assertThat(keys.of(meterId).comparison()).isEqualTo(MeterKeys.Comparison.NOT_TOLD);
    told(signer.key());
    assertThat(keys.of(meterId).comparison()).isEqualTo(MeterKeys.Comparison.SAME);
    told(other.key());
    assertThat(keys.of(meterId).comparison()).isEqualTo(MeterKeys.Comparison.DIFFERENT);
    assertThat(keys.of(meterId).compare(key(other))).isEqualTo(MeterKeys.Comparison.SAME);
  }

  private void told(String text) {
    try {
      database.update(
          """
          insert into charging_key_told (meter_id, key, fingerprint, told_at, since)
          values (?, ?, ?, ?, ?)
          on conflict (meter_id) do update set key = excluded.key,
            fingerprint = excluded.fingerprint""",
          meterId,
          text,
          ChargingPublicKey.of(text).fingerprint(),
          NOW,
          NOW);
    } catch (InvalidPublicKey e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void oneByteChangedInTheArchiveIsInvalidAndSeen() {
    keys.register(meterId, serial, 0, key(signer), null);
    var record = record(signer, NOW);
    database.update(
        """
        insert into charging_record
          (meter_id, made_at, sha256, text, pagination, epoch, received_at)
        values (?, ?, ?, ?, 'T1', 0, ?)""",
        meterId,
        NOW,
        record.digest().bytes(),
        record.bytes(),
        NOW);
    var records = new ChargingRecords(database);
    var before = records.find(meterId, record.digest()).orElseThrow();
    assertThat(before.intact()).isTrue();
    assertThat(keys.of(meterId).judge(before, serial).verdict().result())
        .isEqualTo(Verdict.Result.VALID);

    database.update(
        """
        update charging_record
           set text = overlay(text placing '2'::bytea from position('1.50'::bytea in text) for 1)
         where meter_id = ?""",
        meterId);

    var after = records.find(meterId, record.digest()).orElseThrow();
    assertThat(after.text()).contains("2.50");
    assertThat(after.intact()).isFalse();
    assertThat(keys.of(meterId).judge(after, serial).verdict().reason())
        .isEqualTo(Verdict.Reason.SIGNATURE_DIFFERS);
  }
}
