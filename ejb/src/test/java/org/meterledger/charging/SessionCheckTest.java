package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.charging.SessionRecords.METER;
import static org.meterledger.charging.SessionRecords.OTHER;
import static org.meterledger.charging.SessionRecords.codes;
import static org.meterledger.charging.SessionRecords.finding;
import static org.meterledger.charging.SessionRecords.payload;
import static org.meterledger.charging.SessionRecords.reading;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.charging.SessionFinding.Code;
import org.meterledger.charging.Verdict.Result;

/** Which records make a session, and what they say beside its energy. */
class SessionCheckTest {

  private final SessionRecords records = new SessionRecords();

  @Test
  void beginAndEndMakeASession() {
    records.add(payload("T7", reading("B", 600, "100.00"), reading("B", 600, "3.0", "1-0:2.8.0")));
    records.add(payload("T8", reading("C", 610, "101.00")));
    records.add(payload("T9", reading("L", 620, "112.50"), reading("L", 620, "3.10", "1-0:2.8.0")));

    var session = records.only();

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
    assertThat(records.check().findings()).isEmpty();
  }

  /** A DMED4 tells begin and now in every record, each with import, export and last session. */
  @Test
  void recordsThatEachTellTheBegin() {
    var last = new String[] {"B", "C", "E"};
    for (int i = 0; i < last.length; i++) {
      records.add(
          payload(
              "T" + (i + 1),
              reading("B", 600, "50.000"),
              reading("B", 600, "1.000", "1-0:2.8.0"),
              reading("B", 600, "9.999", "01-00:B2.08.00*FF"),
              reading(last[i], 600 + i, "5" + i + ".000"),
              reading(last[i], 600 + i, "1.000", "1-0:2.8.0"),
              reading(last[i], 600 + i, i + ".000", "01-00:B2.08.00*FF")));
    }

    var session = records.only();

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
    records.add(payload("T1", reading("B", 600, "1.0"), reading("E", 660, "5.0")));
    records.add(payload("T2", reading("B", 700, "5.0"), reading("E", 760, "6.5")));

    assertThat(records.check().sessions())
        .extracting(each -> each.importEnergy().orElseThrow().energy())
        .containsExactly(new BigDecimal("4.0"), new BigDecimal("1.5"));
    assertThat(records.check().sessions()).allMatch(each -> each.findings().isEmpty());
  }

  @Test
  void aSessionThatGoesOnHasNoEnergy() {
    records.add(payload("T1", reading("B", 600, "1.0")));

    var session = records.only();

    assertThat(session.ended()).isFalse();
    assertThat(session.end()).isNull();
    assertThat(session.importEnergy().orElseThrow().energy()).isNull();
    assertThat(session.findings()).isEmpty();
  }

  @Test
  void missingBeginAndMissingEnd() {
    records.add(payload("T1", reading("E", 590, "1.0")));
    records.add(payload("T2", reading("B", 600, "1.0")));
    records.add(payload("T3", reading("B", 620, "2.0")));
    records.add(payload("T4", reading("E", 630, "3.0")));

    var sessions = records.check().sessions();

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
  void oneChangedRecordMakesTheSessionInvalid() throws NotOcmf {
    records.add(payload("T1", reading("B", 600, "1.0")));
    var forged = METER.record(payload("T2", reading("E", 620, "2.0"))).replace("2.0", "9.0");
    records.add(SessionRecord.of(OcmfRecord.of(forged), METER.publicKey(), null));

    assertThat(records.only().result()).isEqualTo(Result.INVALID);
    records.add(SessionRecord.of(records.removeNewest().record(), null, null));
    assertThat(records.only().result()).isEqualTo(Result.UNVERIFIABLE);
  }

  @Test
  void beginAndEndMustBeOfTheSameDeviceKeyAndPerson() {
    records.add(payload("T1", reading("B", 600, "1.0")));
    records.add(
        OTHER,
        payload("T1", reading("E", 620, "2.0")).replace("4711", "4712").replace("card", "tag"));

    assertThat(records.only().findings())
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
    records.add(payload("T1", reading("B", 600, "1.0")).replace("card", ""));
    records.add(payload("T2", reading("E", 620, "2.0")));

    assertThat(records.only().findings()).isEmpty();
    assertThat(records.only().identification().orElseThrow().data()).isEqualTo("card");
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
    records.add(payload("T1", reading("B", 600, "1.0")));
    records.add(payload("T2", reading("C", 610, "1.5")).replace(good, bad.replace("''", "")));
    records.add(payload("T3", reading("E", 620, "2.0")));

    assertThat(codes(records.only().findings())).containsExactly(code);
    assertThat(records.only().findings().get(0).record()).isEqualTo("T2");
  }

  @Test
  void relativeTimeIsGoodForBilling() {
    records.add(payload("T1", reading("B", 600, "1.0")).replace("0 S", "0 R"));

    assertThat(records.only().findings()).isEmpty();
  }

  @Test
  void noRecordsNoSessions() {
    assertThat(records.check()).isEqualTo(new SessionCheck(List.of(), List.of()));
  }
}
