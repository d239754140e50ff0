package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.meterledger.charging.SessionFinding.Code;

/** Signed records of a meter, and the sessions that they make. */
final class SessionRecords {

  static final MeterKey METER = new MeterKey(Curve.SECP256R1, 1);
  static final MeterKey OTHER = new MeterKey(Curve.SECP256R1, 2);

  private final List<SessionRecord> records = new ArrayList<>();

  /** A reading of the import at a minute of the day. */
  static String reading(String transaction, int minute, String value) {
    return reading(transaction, minute, value, "1-0:1.8.0");
  }

  static String reading(String transaction, int minute, String value, String register) {
    return """
        {"TM":"2026-11-22T%02d:%02d:00,000+0100 S","TX":"%s","RV":%s,"RI":"%s","RU":"kWh",\
        "EF":"","ST":"G"}"""
        .formatted(minute / 60, minute % 60, transaction, value, register);
  }

  static String payload(String number, String... readings) {
    return "{\"PG\":\"%s\",\"MS\":\"4711\",\"ID\":\"card\",\"RD\":[%s]}"
        .formatted(number, String.join(",", readings));
  }

  static SessionFinding finding(Code code, String record, String... values) {
    return new SessionFinding(code, record, List.of(values));
  }

  static List<Code> codes(List<SessionFinding> findings) {
    return findings.stream().map(SessionFinding::code).toList();
  }

  void add(String payload) {
    add(METER, payload);
  }

  void add(MeterKey key, String payload) {
    try {
      add(SessionRecord.of(OcmfRecord.of(key.record(payload)), key.publicKey(), "4711"));
    } catch (NotOcmf e) {
      throw new IllegalStateException(e);
    }
  }

  void add(SessionRecord record) {
    records.add(record);
  }

  /** Takes the newest away. */
  SessionRecord removeNewest() {
    return records.remove(records.size() - 1);
  }

  SessionCheck check() {
    return SessionCheck.of(records);
  }

  ChargingSession only() {
    var sessions = check().sessions();
    assertThat(sessions).hasSize(1);
    return sessions.get(0);
  }
}
