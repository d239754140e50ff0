package org.meterledger.charging;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.meterledger.access.Access;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/** The public keys that meters' records are verified by, as people registered them. */
@Stateless
@PermitAll // what changes something says who may
public class ChargingKeys {

  private final Database database;
  private final Access access;
  private final CurrentCaller caller;
  private final Audit audit;
  private final Clock clock;

  /** For the container only. */
  public ChargingKeys() {
    this(null, null, null, null, null);
  }

  @Inject
  public ChargingKeys(
      Database database, Access access, CurrentCaller caller, Audit audit, Clock clock) {
    this.database = database;
    this.access = access;
    this.caller = caller;
    this.audit = audit;
    this.clock = clock;
  }

  /** What the trail says of a key. */
  public record Trace(String curve, String fingerprint, String validFrom) {
    static Trace of(ChargingPublicKey key, Instant validFrom) {
      return new Trace(key.curve().text(), key.fingerprint(), validFrom.toString());
    }
  }

  /** Of a meter that the caller sees. */
  public MeterKeys of(int meterId) {
    var registered =
        database.query(
            "select * from charging_key where meter_id = ? order by id desc",
            ChargingKeys::registered,
            meterId);
    return new MeterKeys(registered, told(meterId).orElse(null));
  }

  private Optional<MeterKeys.Told> told(int meterId) {
    return database.first(
        "select * from charging_key_told where meter_id = ?",
        row ->
            new MeterKeys.Told(
                row.getString("key"),
                row.getString("fingerprint"),
                Database.instant(row, "told_at"),
                Database.instant(row, "since")),
        meterId);
  }

  /**
   * Registers a key; the one before keeps counting for the records made before.
   *
   * @param version of the {@link MeterKeys} that the caller has seen
   * @param validFrom null for the first key from the first record on, for a later one from now on
   * @throws ChangedMeanwhile when another key was registered or withdrawn by now
   * @throws InvalidInput when the key counts already, or its time is not after the one before
   */
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  public MeterKeys register(
      int meterId, String serialNumber, int version, ChargingPublicKey key, Instant validFrom) {
    access.require(Permission.MANAGE_METERS, meterId, serialNumber);
    var before = seen(meterId, serialNumber, version).current();
    var now = clock.instant();
    var otherwise = before.isPresent() ? now : Instant.EPOCH;
    var from = validFrom == null ? otherwise : validFrom;
    check(key, from, before, now);
    database.update(
        """
        insert into charging_key
          (meter_id, key, curve, fingerprint, valid_from, registered_by, registered_at)
        values (?, ?, ?, ?, ?, ?, ?)""",
        meterId,
        key.der(),
        key.curve().text(),
        key.fingerprint(),
        from,
        caller.name(),
        now);
    audit.done(
        AuditAction.CHARGING_KEY_REGISTER,
        serialNumber,
        before.map(each -> Trace.of(each.key(), each.validFrom())).orElse(null),
        Trace.of(key, from));
    return of(meterId);
  }

  private static void check(
      ChargingPublicKey key, Instant from, Optional<RegisteredKey> before, Instant now) {
    if (before.isPresent() && before.get().key().equals(key)) {
      throw new InvalidInput("key", "registered", "This key is registered already");
    }
    if (from.isAfter(now)) {
      throw new InvalidInput("validFrom", "future", "validFrom is not in the future");
    }
    if (before.isPresent() && !from.isAfter(before.get().validFrom())) {
      throw new InvalidInput(
          "validFrom",
          "order",
          "validFrom is after " + before.get().validFrom() + ", from when the last key counts");
    }
  }

  /**
   * Takes back the current key, which was registered in error; the one before counts again.
   *
   * @param version of the {@link MeterKeys} that the caller has seen
   * @throws ChangedMeanwhile when another key was registered or withdrawn by now
   * @throws NotThere when there is none
   */
  @RolesAllowed(Permission.Names.MANAGE_METERS)
  public MeterKeys withdraw(int meterId, String serialNumber, int version) {
    access.require(Permission.MANAGE_METERS, meterId, serialNumber);
    var current =
        seen(meterId, serialNumber, version)
            .current()
            .orElseThrow(() -> new NotThere("public key of meter " + serialNumber));
    database.update(
        "update charging_key set withdrawn_by = ?, withdrawn_at = ? where id = ?",
        caller.name(),
        clock.instant(),
        current.id());
    audit.done(
        AuditAction.CHARGING_KEY_WITHDRAW,
        serialNumber,
        Trace.of(current.key(), current.validFrom()),
        null);
    return of(meterId);
  }

  /** Nobody else changes the keys of the meter until the transaction ends. */
  private MeterKeys seen(int meterId, String serialNumber, int version) {
    database.query("select id from meter where id = ? for update", row -> row.getInt(1), meterId);
    var keys = of(meterId);
    if (keys.version() != version) {
      throw new ChangedMeanwhile("The public key of meter " + serialNumber);
    }
    return keys;
  }

  private static RegisteredKey registered(ResultSet row) throws SQLException {
    try {
      return new RegisteredKey(
          row.getInt("id"),
          ChargingPublicKey.of(row.getBytes("key")),
          Database.instant(row, "valid_from"),
          row.getString("registered_by"),
          Database.instant(row, "registered_at"),
          row.getString("withdrawn_by"),
          Database.instant(row, "withdrawn_at"));
    } catch (InvalidPublicKey e) {
      throw new IllegalStateException("Key " + row.getInt("id") + " was changed outside", e);
    }
  }
}
