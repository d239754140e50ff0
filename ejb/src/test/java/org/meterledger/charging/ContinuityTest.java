package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.charging.SessionRecords.METER;
import static org.meterledger.charging.SessionRecords.codes;
import static org.meterledger.charging.SessionRecords.finding;
import static org.meterledger.charging.SessionRecords.payload;
import static org.meterledger.charging.SessionRecords.reading;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.meterledger.charging.SessionFinding.Code;
import org.meterledger.charging.Verdict.Result;

/** Whether the numbers of the records go on without a gap. */
class ContinuityTest {

  private final SessionRecords records = new SessionRecords();

  @Test
  void aGapIsToldOfTheSessionAndOfTheLog() {
    records.add(payload("T1", reading("B", 600, "1.0")));
    records.add(payload("T5", reading("E", 620, "2.0")));

    assertThat(records.only().findings()).containsExactly(finding(Code.GAP, "T5", "T2", "T4"));
    assertThat(records.check().findings()).isEqualTo(records.only().findings());
  }

  @Test
  void fiscalRecordsCountForThemselvesAndBelongToNoSession() {
    records.add(payload("F1", reading("", 590, "1.0")));
    records.add(payload("T1", reading("B", 600, "1.0")));
    records.add(payload("F2", reading("", 610, "1.5")));
    records.add(payload("T2", reading("E", 620, "2.0")));
    records.add(payload("F4", reading("", 630, "2.0")));

    assertThat(records.only().records()).hasSize(2);
    assertThat(records.only().findings()).isEmpty();
    assertThat(records.check().findings()).containsExactly(finding(Code.GAP, "F4", "F3", "F3"));
  }

  @Test
  void theSameRecordTwiceIsOne() {
    records.add(payload("T1", reading("B", 600, "1.0")));
    records.add(payload("T1", reading("B", 600, "1.0")));
    records.add(payload("T2", reading("E", 620, "2.0")));
    records.add("{\"RD\":[]}");
    records.add("{\"RD\":[]}");

    assertThat(records.check().sessions().get(0).records()).hasSize(2);
    assertThat(codes(records.check().findings())).containsExactly(Code.NO_NUMBER);
  }

  @Test
  void aNumberOnTwoContentsIsToldAndTheMetersOneCounts() throws NotOcmf {
    records.add(payload("T1", reading("B", 600, "1.0")));
    var forged = METER.record(payload("T2", reading("E", 620, "2.0"))).replace("2.0", "9.0");
    records.add(SessionRecord.of(OcmfRecord.of(forged), METER.publicKey(), null));
    records.add(payload("T2", reading("E", 620, "2.0")));

    assertThat(records.only().findings()).containsExactly(finding(Code.NUMBER_REPEATED, "T2"));
    assertThat(records.check().findings()).hasSize(1);
    assertThat(records.only().result()).isEqualTo(Result.VALID);
    assertThat(records.only().importEnergy().orElseThrow().energy())
        .isEqualTo(new BigDecimal("1.0"));
  }

  @Test
  void aNumberThatWentBack() {
    records.add(payload("T5", reading("B", 600, "1.0"), reading("E", 610, "2.0")));
    records.add(payload("T1", reading("B", 620, "2.0"), reading("E", 630, "3.0")));
    records.add(payload("T2", reading("B", 640, "3.0"), reading("E", 650, "4.0")));

    assertThat(records.check().findings())
        .containsExactly(finding(Code.NUMBER_WENT_BACK, "T1", "T5"));
  }

  @Test
  void anotherDeviceCountsForItself() {
    records.add(payload("T900", reading("B", 600, "500.0"), reading("E", 610, "510.0")));
    records.add(
        payload("T1", reading("B", 620, "0.0"), reading("E", 630, "3.0")).replace("4711", "4712"));

    assertThat(records.check().findings()).isEmpty();
    assertThat(records.check().sessions()).allMatch(each -> each.findings().isEmpty());
  }
}
