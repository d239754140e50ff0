package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.charging.SessionFinding.Code;
import org.meterledger.charging.Verdict.Result;

class SessionCheckTest {

  private static final MeterKey METER = new MeterKey(Curve.SECP256R1, 1);
  private static final MeterKey OTHER = new MeterKey(Curve.SECP256R1, 2);

  private final List<SignedRecord> records = new ArrayList<>();

  /** A reading of the import at a minute of the day. */
  private static String reading(String transaction, int minute, String value) {
    return reading(transaction, minute, value, "1-0:1.8.0");
  }

  private static String reading(String transaction, int minute, String value, String register) {
    return """
        {"TM":"2026-11-22T%02d:%02d:00,000+0100 S","TX":"%s","RV":%s,"RI":"%s","RU":"kWh",\
        "EF":"","ST":"G"}"""
        .formatted(minute / 60, minute % 60, transaction, value, register);
  }

  private static String payload(String number, String... readings) {
    return "{\"PG\":\"%s\",\"MS\":\"4711\",\"ID\":\"card\",\"RD\":[%s]}"
        .formatted(number, String.join(",", readings));
  }

  private void add(String payload) {
    add(METER, payload);
  }

  private void add(MeterKey key, String payload) {
    try {
      records.add(SignedRecord.of(OcmfRecord.of(key.record(payload)), key.publicKey(), "4711"));
    } catch (NotOcmf e) {
      throw new IllegalStateException(e);
    }
  }

  private SessionCheck check() {
    return SessionCheck.of(records);
  }

  private ChargingSession only() {
    var sessions = check().sessions();
    assertThat(sessions).hasSize(1);
    return sessions.get(0);
  }

  private static List<Code> codes(List<SessionFinding> findings) {
    return findings.stream().map(SessionFinding::code).toList();
  }

  private static SessionFinding finding(Code code, String record, String... values) {
    return new SessionFinding(code, record, List.of(values));
  }

  @Test
  void beginAndEndMakeASession() {
    add(payload("T7", reading("B", 600, "100.00"), reading("B", 600, "3.0", "1-0:2.8.0")));
    add(payload("T8", reading("C", 610, "101.00")));
    add(payload("T9", reading("L", 620, "112.50"), reading("L", 620, "3.10", "1-0:2.8.0")));

    var session = only();

    assertThat(session.number()).isEqualTo("T7");
    assertThat(session.records()).hasSize(3);
    assertThat(session.begin().time()).isEqualTo("2026-11-22T10:00:00+01:00");
    assertThat(session.end().time()).isEqualTo("2026-11-22T10:20:00+01:00");
    assertThat(session.ended()).isTrue();
    assertThat(session.end().transaction()).isEqualTo(OcmfReading.Transaction.ENDED_LOCALLY);
    assertThat(session.importEnergy())
        .contains(
            new SessionEnergy(
                "1-0:1.8.0",
                EnergyRegister.TOTAL_IMPORT,
                new BigDecimal("100.00"),
                new BigDecimal("112.50"),
                new BigDecimal("12.50"),
                "kWh"));
    assertThat(session.exportEnergy().orElseThrow().energy()).isEqualTo(new BigDecimal("0.10"));
    assertThat(session.identification().orElseThrow().data()).isEqualTo("card");
    assertThat(session.result()).isEqualTo(Result.VALID);
    assertThat(session.findings()).isEmpty();
    assertThat(check().findings()).isEmpty();
  }

  /** A DMED4 tells begin and now in every record, each with import, export and last session. */
  @Test
  void recordsThatEachTellTheBegin() {
    var last = new String[] {"B", "C", "E"};
    for (int i = 0; i < last.length; i++) {
      add(
          payload(
              "T" + (i + 1),
              reading("B", 600, "50.000"),
              reading("B", 600, "1.000", "1-0:2.8.0"),
              reading("B", 600, "9.999", "01-00:B2.08.00*FF"),
              reading(last[i], 600 + i, "5" + i + ".000"),
              reading(last[i], 600 + i, "1.000", "1-0:2.8.0"),
              reading(last[i], 600 + i, i + ".000", "01-00:B2.08.00*FF")));
    }

    var session = only();

    assertThat(session.records()).hasSize(3);
    assertThat(session.findings()).isEmpty();
    assertThat(session.importEnergy().orElseThrow().energy()).isEqualTo(new BigDecimal("2.000"));
    assertThat(session.exportEnergy().orElseThrow().energy()).isEqualTo(new BigDecimal("0.000"));
    assertThat(session.energies())
        .extracting(SessionEnergy::register)
        .containsExactly(
            EnergyRegister.TOTAL_IMPORT,
            EnergyRegister.TOTAL_EXPORT,
            EnergyRegister.SESSION_IMPORT);
    assertThat(session.energies().get(2).energy()).isEqualTo(new BigDecimal("2.000"));
  }

  @Test
  void oneRecordMayHoldBeginAndEnd() {
    add(payload("T1", reading("B", 600, "1.0"), reading("E", 660, "5.0")));
    add(payload("T2", reading("B", 700, "5.0"), reading("E", 760, "6.5")));

    assertThat(check().sessions())
        .extracting(each -> each.importEnergy().orElseThrow().energy())
        .containsExactly(new BigDecimal("4.0"), new BigDecimal("1.5"));
    assertThat(check().sessions()).allMatch(each -> each.findings().isEmpty());
  }

  @Test
  void aSessionThatGoesOnHasNoEnergy() {
    add(payload("T1", reading("B", 600, "1.0")));

    var session = only();

    assertThat(session.ended()).isFalse();
    assertThat(session.end()).isNull();
    assertThat(session.importEnergy().orElseThrow().energy()).isNull();
    assertThat(session.findings()).isEmpty();
  }

  @Test
  void missingBeginAndMissingEnd() {
    add(payload("T1", reading("E", 590, "1.0")));
    add(payload("T2", reading("B", 600, "1.0")));
    add(payload("T3", reading("B", 620, "2.0")));
    add(payload("T4", reading("E", 630, "3.0")));

    var sessions = check().sessions();

    assertThat(sessions).extracting(ChargingSession::number).containsExactly("T1", "T2", "T3");
    assertThat(codes(sessions.get(0).findings())).containsExactly(Code.NO_BEGIN);
    assertThat(sessions.get(0).importEnergy().orElseThrow())
        .returns(null, SessionEnergy::begin)
        .returns(null, SessionEnergy::energy)
        .returns(new BigDecimal("1.0"), SessionEnergy::end);
    assertThat(codes(sessions.get(1).findings())).containsExactly(Code.NO_END);
    assertThat(sessions.get(2).findings()).isEmpty();
  }

  @Test
  void aGapIsToldOfTheSessionAndOfTheLog() {
    add(payload("T1", reading("B", 600, "1.0")));
    add(payload("T5", reading("E", 620, "2.0")));

    assertThat(only().findings()).containsExactly(finding(Code.GAP, "T5", "T2", "T4"));
    assertThat(check().findings()).isEqualTo(only().findings());
  }

  @Test
  void fiscalRecordsCountForThemselvesAndBelongToNoSession() {
    add(payload("F1", reading("", 590, "1.0")));
    add(payload("T1", reading("B", 600, "1.0")));
    add(payload("F2", reading("", 610, "1.5")));
    add(payload("T2", reading("E", 620, "2.0")));
    add(payload("F4", reading("", 630, "2.0")));

    assertThat(only().records()).hasSize(2);
    assertThat(only().findings()).isEmpty();
    assertThat(check().findings()).containsExactly(finding(Code.GAP, "F4", "F3", "F3"));
  }

  @Test
  void theSameRecordTwiceIsOne() {
    add(payload("T1", reading("B", 600, "1.0")));
    add(payload("T1", reading("B", 600, "1.0")));
    add(payload("T2", reading("E", 620, "2.0")));
    add("{\"RD\":[]}");
    add("{\"RD\":[]}");

    assertThat(check().sessions().get(0).records()).hasSize(2);
    assertThat(codes(check().findings())).containsExactly(Code.NO_NUMBER);
  }

  @Test
  void aNumberOnTwoContentsIsToldAndTheMetersOneCounts() throws NotOcmf {
    add(payload("T1", reading("B", 600, "1.0")));
    var forged = METER.record(payload("T2", reading("E", 620, "2.0"))).replace("2.0", "9.0");
    records.add(SignedRecord.of(OcmfRecord.of(forged), METER.publicKey(), null));
    add(payload("T2", reading("E", 620, "2.0")));

    assertThat(only().findings()).containsExactly(finding(Code.NUMBER_REPEATED, "T2"));
    assertThat(check().findings()).hasSize(1);
    assertThat(only().result()).isEqualTo(Result.VALID);
    assertThat(only().importEnergy().orElseThrow().energy()).isEqualTo(new BigDecimal("1.0"));
  }

  @Test
  void oneChangedRecordMakesTheSessionInvalid() throws NotOcmf {
    add(payload("T1", reading("B", 600, "1.0")));
    var forged = METER.record(payload("T2", reading("E", 620, "2.0"))).replace("2.0", "9.0");
    records.add(SignedRecord.of(OcmfRecord.of(forged), METER.publicKey(), null));

    assertThat(only().result()).isEqualTo(Result.INVALID);
    records.set(1, SignedRecord.of(records.get(1).record(), null, null));
    assertThat(only().result()).isEqualTo(Result.UNVERIFIABLE);
  }

  @Test
  void aNumberThatWentBack() {
    add(payload("T5", reading("B", 600, "1.0"), reading("E", 610, "2.0")));
    add(payload("T1", reading("B", 620, "2.0"), reading("E", 630, "3.0")));
    add(payload("T2", reading("B", 640, "3.0"), reading("E", 650, "4.0")));

    assertThat(check().findings()).containsExactly(finding(Code.NUMBER_WENT_BACK, "T1", "T5"));
  }

  @Test
  void anotherDeviceCountsForItself() {
    add(payload("T900", reading("B", 600, "500.0"), reading("E", 610, "510.0")));
    add(payload("T1", reading("B", 620, "0.0"), reading("E", 630, "3.0")).replace("4711", "4712"));

    assertThat(check().findings()).isEmpty();
    assertThat(check().sessions()).allMatch(each -> each.findings().isEmpty());
  }

  @Test
  void beginAndEndMustBeOfTheSameDeviceKeyAndPerson() {
    add(payload("T1", reading("B", 600, "1.0")));
    add(
        OTHER,
        payload("T1", reading("E", 620, "2.0")).replace("4711", "4712").replace("card", "tag"));

    assertThat(only().findings())
        .containsExactly(
            finding(Code.SERIAL_NUMBER_DIFFERS, "T1", "4711", "4712"),
            finding(
                Code.KEY_DIFFERS,
                "T1",
                METER.publicKey().fingerprint(),
                OTHER.publicKey().fingerprint()),
            finding(Code.IDENTIFICATION_DIFFERS, "T1"));
  }

  @Test
  void aPersonThatIsKnownOnlyLaterIsNoOther() {
    add(payload("T1", reading("B", 600, "1.0")).replace("card", ""));
    add(payload("T2", reading("E", 620, "2.0")));

    assertThat(only().findings()).isEmpty();
    assertThat(only().identification().orElseThrow().data()).isEqualTo("card");
  }

  @Test
  void aBeginThatIsToldOtherwiseLater() {
    add(payload("T1", reading("B", 600, "1.00")));
    add(payload("T2", reading("B", 600, "0.50"), reading("E", 620, "2.00")));

    assertThat(only().findings())
        .containsExactly(finding(Code.BEGIN_DIFFERS, "T2", "1-0:1.8.0", "1.00", "0.50"));
    assertThat(only().importEnergy().orElseThrow().energy()).isEqualTo(new BigDecimal("1.00"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "+0100 S; +0100 U; TIME_UNKNOWN",
        "+0100 S; +0100; TIME_UNKNOWN",
        "+0100 S; +0100 I; TIME_INFORMATIVE",
        "2026-11-22T; 2026-13-22T; TIME_UNREADABLE",
        "\"EF\":\"\"; \"EF\":\"Et\"; ERROR_FLAGS",
        "\"ST\":\"G\"; \"ST\":\"M\"; METER_STATUS",
        ",\"ST\":\"G\"; ''; METER_STATUS",
        "\"TX\":\"C\"; \"TX\":\"X\"; EXCEPTION",
      })
  void whatAReadingTells(String good, String bad, Code code) {
    add(payload("T1", reading("B", 600, "1.0")));
    add(payload("T2", reading("C", 610, "1.5")).replace(good, bad.replace("''", "")));
    add(payload("T3", reading("E", 620, "2.0")));

    assertThat(codes(only().findings())).containsExactly(code);
    assertThat(only().findings().get(0).record()).isEqualTo("T2");
  }

  @Test
  void relativeTimeIsGoodForBilling() {
    add(payload("T1", reading("B", 600, "1.0")).replace("0 S", "0 R"));

    assertThat(only().findings()).isEmpty();
  }

  /** The example of the manual, DMED4, register 4201, bit 6. */
  @Test
  void theDisplayRollsOverAndTheRecordCountsOn() {
    add(payload("T1", reading("B", 600, "99999990.5")));
    add(payload("T2", reading("E", 620, "100000023.7")));
    add(payload("T3", reading("B", 700, "23.7"), reading("E", 720, "24.7")));

    var sessions = check().sessions();

    assertThat(sessions.get(0).importEnergy().orElseThrow().energy())
        .isEqualTo(new BigDecimal("33.2"));
    assertThat(sessions.get(0).findings())
        .containsExactly(finding(Code.ROLLED_OVER, "T2", "1-0:1.8.0"));
    assertThat(sessions.get(1).findings()).isEmpty();
  }

  @Test
  void theMeterMaySayThatItRolledOver() {
    add(payload("T1", reading("B", 600, "1.0"), reading("E", 620, "2.0")));
    var told = records.remove(0);
    records.add(new SignedRecord(told.record(), told.verdict(), told.keyFingerprint(), true));

    assertThat(only().findings()).containsExactly(finding(Code.ROLLED_OVER, "T1", "–"));
  }

  @Test
  void valuesThatDoNotFitGiveNoEnergy() {
    add(payload("T1", reading("B", 600, "5.0"), reading("E", 620, "4.0")));
    add(payload("T2", reading("B", 700, "5.0"), reading("E", 720, "5100").replace("kWh", "Wh")));
    add(payload("T3", reading("B", 800, "null"), reading("E", 820, "9.0")));

    var sessions = check().sessions();

    assertThat(sessions)
        .extracting(each -> each.importEnergy().orElseThrow().energy())
        .containsOnlyNulls();
    assertThat(sessions.get(0).findings())
        .containsExactly(finding(Code.VALUE_WENT_BACK, "T1", "1-0:1.8.0", "5.0", "4.0"));
    assertThat(sessions.get(1).findings())
        .containsExactly(finding(Code.UNIT_DIFFERS, "T2", "1-0:1.8.0", "kWh", "Wh"));
  }

  @Test
  void aRegisterThatWentBackBetweenSessions() {
    add(payload("T1", reading("B", 600, "5.0"), reading("E", 620, "6.0")));
    add(payload("T2", reading("B", 700, "5.9"), reading("E", 720, "7.0")));
    add(payload("T3", reading("B", 800, "7.0"), reading("E", 820, "8.0")));

    assertThat(check().sessions().stream().flatMap(each -> each.findings().stream()))
        .containsExactly(finding(Code.REGISTER_WENT_BACK, "T2", "1-0:1.8.0", "6.0", "5.9"));
  }

  @Test
  void whatIsNoEnergyIsNotCounted() {
    add(
        payload(
            "T1",
            reading("B", 600, "5", "1-0:98.8.0.FF"),
            reading("E", 620, "30", "01-00:00.08.06.FF"),
            reading("E", 620, "890", "1-0:1.8.0*198")));

    assertThat(only().energies())
        .extracting(SessionEnergy::register)
        .containsExactly(EnergyRegister.SESSION_IMPORT);
    assertThat(only().importEnergy().orElseThrow().energy()).isEqualTo(new BigDecimal("890"));
    assertThat(only().exportEnergy()).isEmpty();
  }

  @Test
  void noRecordsNoSessions() {
    assertThat(check()).isEqualTo(new SessionCheck(List.of(), List.of()));
  }
}
