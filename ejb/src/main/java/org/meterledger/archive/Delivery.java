package org.meterledger.archive;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.driver.Finding;
import org.meterledger.driver.RefusedRow;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.SnapshotKind;

/**
 * What one contact with one meter brings to the archive, stored as a whole or not at all: rows and
 * cursor always share a transaction. Filled by the reading, not thread-safe.
 */
public final class Delivery {

  /** Stands where else the kind of a meter's fault stands. */
  private static final String NOT_STORED = "NOT_STORED";

  private final int meterId;
  private final Instant receivedAt;
  private final List<DeliveredRows> rows = new ArrayList<>();
  private final Map<SnapshotKind, List<BillingSnapshot>> snapshots =
      new EnumMap<>(SnapshotKind.class);
  private final List<LoggedEvent> events = new ArrayList<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final List<Progress> progress = new ArrayList<>();
  private final List<Attempt> attempts = new ArrayList<>();
  private final List<GapAsked> gaps = new ArrayList<>();
  private final List<TaskEnd> tasks = new ArrayList<>();
  private final List<OperationEnd> operations = new ArrayList<>();
  private final Map<String, SettingsTarget.PartReading> settingsParts = new LinkedHashMap<>();
  private final List<SignedRecord> chargingRecords = new ArrayList<>();
  private String chargingKey;
  private List<RegisterValue> registers = List.of();
  private Map<String, String> settings;
  private Contact contact;
  private Instant leasedUntil;

  /**
   * @param receivedAt our time at which the meter answered
   */
  public Delivery(int meterId, Instant receivedAt) {
    this.meterId = meterId;
    this.receivedAt = receivedAt;
  }

  record Refused(ObisCode source, RefusedRow row) {}

  record GapAsked(int profileId, Instant after, Instant askAgainAt, String permanentReason) {}

  record Progress(ObisCode source, Cursor cursor) {}

  /**
   * What was tried, and how it ended.
   *
   * @param kind of reading or operation
   * @param operationId null where it was read as planned
   * @param fault null when complete; else the fault's kind, also where the meter does not keep it
   * @param detail null when complete; else a sentence
   * @param answer the device's answer where that was the fault, secrets masked; else null
   * @param received rows, lines or registers that the meter gave, the refused ones included
   * @param before what became of rows that earlier deliveries of the same attempt brought; null
   *     where the attempt brings neither rows of load profiles nor snapshots
   */
  public record Attempt(
      String kind,
      Long operationId,
      Instant startedAt,
      Instant endedAt,
      Result result,
      String fault,
      String detail,
      String answer,
      int received,
      Stored before,
      int refused) {

    Attempt failed(String reason) {
      return new Attempt(
          kind,
          operationId,
          startedAt,
          endedAt,
          Result.FAILED,
          NOT_STORED,
          reason,
          null,
          received,
          before,
          refused);
    }

    /** As the meter left it. */
    public enum Result {
      COMPLETE,
      PARTIAL,
      FAILED,
      /** Read as planned from a meter that has no such thing; nothing is missing. */
      NOT_KEPT
    }
  }

  /**
   * When a task of a reading plan is due again.
   *
   * @param lateAt deadline of the next reading; null where this one failed and its deadline stands
   * @param atPeriodEnd whether it reads what cannot be read later, and therefore goes first
   */
  public record TaskEnd(int planId, Instant dueAt, Instant lateAt, boolean atPeriodEnd) {
    public TaskEnd(int planId, Instant dueAt, Instant lateAt) {
      this(planId, dueAt, lateAt, false);
    }
  }

  /**
   * How an operation went.
   *
   * @param state to be stored
   * @param endedAt null while it will be tried again
   * @param dueAt when that is; null when it has ended
   * @param result what the meter told; null without
   * @param before as with the attempt; its sum is added to the result
   */
  public record OperationEnd(
      long id,
      String state,
      Instant endedAt,
      Instant dueAt,
      JsonObject result,
      String fault,
      String detail,
      Stored before) {

    OperationEnd failed(Instant now, String reason) {
      return new OperationEnd(id, "FAILED", now, null, null, NOT_STORED, reason, null);
    }
  }

  /**
   * The end of the session: the lease is given back.
   *
   * @param answered whether the meter answered at all
   * @param fault of the last attempt that failed, null when none did
   * @param clockDrift meter time minus ours, null when the meter told no time
   * @param firmware as the meter told, null when it was not asked
   * @param restingUntil null unless the meter is asked less often from now on
   */
  public record Contact(
      Instant at,
      boolean answered,
      String fault,
      String detail,
      Duration clockDrift,
      String firmware,
      Instant restingUntil) {

    Contact failed(String reason) {
      return new Contact(at, answered, NOT_STORED, reason, clockDrift, firmware, restingUntil);
    }
  }

  public Delivery rows(
      ProfileCatalog.Profile profile, Duration capturePeriod, List<ProfileRow> more) {
    rows.add(new DeliveredRows(profile, capturePeriod, more));
    return this;
  }

  /**
   * @param told newest first; of those closed at the same time the later first
   */
  public Delivery snapshots(SnapshotKind kind, List<BillingSnapshot> told) {
    snapshots.put(kind, List.copyOf(told));
    return this;
  }

  public Delivery events(List<LoggedEvent> more) {
    events.addAll(more);
    return this;
  }

  public Delivery findings(List<Finding> more) {
    findings.addAll(more);
    return this;
  }

  public Delivery refused(ObisCode source, List<RefusedRow> more) {
    more.forEach(row -> refused.add(new Refused(source, row)));
    return this;
  }

  public Delivery progress(ObisCode source, Cursor cursor) {
    progress.add(new Progress(source, cursor));
    return this;
  }

  public Delivery registers(List<RegisterValue> present) {
    registers = present;
    return this;
  }

  /** Each is kept as it is, also where it is no record at all. */
  public Delivery chargingRecords(List<SignedRecord> more) {
    chargingRecords.addAll(more);
    return this;
  }

  /** The public key for signed records, as the meter writes it. */
  public Delivery chargingKey(String told) {
    chargingKey = told;
    return this;
  }

  public Delivery settings(Map<String, String> told) {
    settings = told;
    return this;
  }

  /** Of the operation that ends with this delivery, if one does. */
  public Delivery settingsPart(String part, SettingsTarget.PartReading told) {
    settingsParts.put(part, told);
    return this;
  }

  /**
   * The meter was asked for what lies in a {@linkplain Gaps gap}; what it gave is among the rows of
   * this delivery or of an earlier one. What of the gap is left afterwards keeps this answer. A gap
   * that is filled by then, or begins elsewhere, is none to which it matters.
   *
   * @param after where the gap begins
   * @param askAgainAt when to ask once more; not null
   * @param permanentReason a word for why nobody need ask again; null while it may be filled
   */
  public Delivery gapAsked(
      int profileId, Instant after, Instant askAgainAt, String permanentReason) {
    gaps.add(new GapAsked(profileId, after, askAgainAt, permanentReason));
    return this;
  }

  public Delivery attempt(Attempt attempt) {
    attempts.add(attempt);
    return this;
  }

  public Delivery task(TaskEnd end) {
    tasks.add(end);
    return this;
  }

  public Delivery operation(OperationEnd end) {
    operations.add(end);
    return this;
  }

  public Delivery contact(Contact end) {
    contact = end;
    return this;
  }

  /** More is to come of this session: the lease is prolonged. */
  public Delivery lease(Instant until) {
    leasedUntil = until;
    return this;
  }

  /** What is left when the content cannot be stored: what was tried, as failed, and the contact. */
  Delivery failed(String reason) {
    var left = new Delivery(meterId, receivedAt);
    attempts.forEach(attempt -> left.attempt(attempt.failed(reason)));
    tasks.forEach(end -> left.task(new TaskEnd(end.planId(), end.dueAt(), null)));
    operations.forEach(end -> left.operation(end.failed(receivedAt, reason)));
    left.contact = contact == null ? null : contact.failed(reason);
    left.leasedUntil = leasedUntil;
    return left;
  }

  int meterId() {
    return meterId;
  }

  Instant receivedAt() {
    return receivedAt;
  }

  List<DeliveredRows> rows() {
    return rows;
  }

  Map<SnapshotKind, List<BillingSnapshot>> snapshots() {
    return snapshots;
  }

  List<LoggedEvent> events() {
    return events;
  }

  List<Finding> findings() {
    return findings;
  }

  List<Refused> refused() {
    return refused;
  }

  List<Progress> progress() {
    return progress;
  }

  List<GapAsked> gaps() {
    return gaps;
  }

  List<Attempt> attempts() {
    return attempts;
  }

  List<TaskEnd> tasks() {
    return tasks;
  }

  List<OperationEnd> operations() {
    return operations;
  }

  List<RegisterValue> registers() {
    return registers;
  }

  List<SignedRecord> chargingRecords() {
    return chargingRecords;
  }

  /** Null where it was not asked for. */
  String chargingKey() {
    return chargingKey;
  }

  Map<String, String> settings() {
    return settings;
  }

  Map<String, SettingsTarget.PartReading> settingsParts() {
    return settingsParts;
  }

  Instant leasedUntil() {
    return leasedUntil;
  }

  Contact contact() {
    return contact;
  }

  /** Rows of load profiles, and snapshots, in this delivery. */
  public int rowCount() {
    return rows.stream().mapToInt(r -> r.rows().size()).sum()
        + snapshots.values().stream().mapToInt(List::size).sum();
  }
}
