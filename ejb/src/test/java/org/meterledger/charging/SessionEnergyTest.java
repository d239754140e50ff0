package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.charging.SessionRecords.finding;
import static org.meterledger.charging.SessionRecords.payload;
import static org.meterledger.charging.SessionRecords.reading;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.meterledger.charging.SessionFinding.Code;

/** What a session took, and whether its values fit. */
class SessionEnergyTest {

  private final SessionRecords records = new SessionRecords();

  /** The example of the manual, DMED4, register 4201, bit 6. */
  @Test
  void theDisplayRollsOverAndTheRecordCountsOn() {
    records.add(payload("T1", reading("B", 600, "99999990.5")));
    records.add(payload("T2", reading("E", 620, "100000023.7")));
    records.add(payload("T3", reading("B", 700, "23.7"), reading("E", 720, "24.7")));

    var sessions = records.check().sessions();

    assertThat(sessions.get(0).importEnergy().orElseThrow().energy())
        .isEqualTo(new BigDecimal("33.2"));
    assertThat(sessions.get(0).findings())
        .containsExactly(finding(Code.ROLLED_OVER, "T2", "1-0:1.8.0"));
    assertThat(sessions.get(1).findings()).isEmpty();
  }

  @Test
  void theMeterMaySayThatItRolledOver() {
    records.add(payload("T1", reading("B", 600, "1.0"), reading("E", 620, "2.0")));
    var told = records.removeNewest();
    records.add(new SessionRecord(told.record(), told.verdict(), told.keyFingerprint(), true));

    assertThat(records.only().findings()).containsExactly(finding(Code.ROLLED_OVER, "T1", "–"));
  }

  @Test
  void valuesThatDoNotFitGiveNoEnergy() {
    records.add(payload("T1", reading("B", 600, "5.0"), reading("E", 620, "4.0")));
    records.add(
        payload("T2", reading("B", 700, "5.0"), reading("E", 720, "5100").replace("kWh", "Wh")));
    records.add(payload("T3", reading("B", 800, "null"), reading("E", 820, "9.0")));

    var sessions = records.check().sessions();

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
    records.add(payload("T1", reading("B", 600, "5.0"), reading("E", 620, "6.0")));
    records.add(payload("T2", reading("B", 700, "5.9"), reading("E", 720, "7.0")));
    records.add(payload("T3", reading("B", 800, "7.0"), reading("E", 820, "8.0")));

    assertThat(records.check().sessions().stream().flatMap(each -> each.findings().stream()))
        .containsExactly(finding(Code.REGISTER_WENT_BACK, "T2", "1-0:1.8.0", "6.0", "5.9"));
  }

  @Test
  void whatIsNoEnergyIsNotCounted() {
    records.add(
        payload(
            "T1",
            reading("B", 600, "5", "1-0:98.8.0.FF"),
            reading("E", 620, "30", "01-00:00.08.06.FF"),
            reading("E", 620, "890", "1-0:1.8.0*198")));

    assertThat(records.only().energies())
        .extracting(SessionEnergy::register)
        .containsExactly(EnergyRegister.SESSION_IMPORT);
    assertThat(records.only().importEnergy().orElseThrow().energy())
        .isEqualTo(new BigDecimal("890"));
    assertThat(records.only().exportEnergy()).isEmpty();
  }

  @Test
  void aBeginThatIsToldOtherwiseLater() {
    records.add(payload("T1", reading("B", 600, "1.00")));
    records.add(payload("T2", reading("B", 600, "0.50"), reading("E", 620, "2.00")));

    assertThat(records.only().findings())
        .containsExactly(finding(Code.BEGIN_DIFFERS, "T2", "1-0:1.8.0", "1.00", "0.50"));
    assertThat(records.only().importEnergy().orElseThrow().energy())
        .isEqualTo(new BigDecimal("1.00"));
  }
}
