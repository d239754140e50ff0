package org.meterledger.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.meterledger.reading.Allotment.Claimant;

class AllotmentTest {

  private static final int PLENTY = 1_000;

  @Test
  void aloneANetworkMayHaveEverySession() {
    assertThat(Allotment.of(64, 64, true, List.of(new Claimant(1, 0, PLENTY))))
        .isEqualTo(Map.of(1, 64));
  }

  @Test
  void aQuarterIsKeptForOtherNetworksEvenWhileTheyHaveNoWork() {
    assertThat(Allotment.of(64, 64, false, List.of(new Claimant(1, 0, PLENTY))))
        .isEqualTo(Map.of(1, 48));
    assertThat(Allotment.of(64, 24, false, List.of(new Claimant(1, 40, PLENTY))))
        .isEqualTo(Map.of(1, 8));
  }

  @Test
  void whoHoldsFewestGetsFirst() {
    var slow = new Claimant(1, 40, PLENTY);
    var fast = new Claimant(2, 2, PLENTY);
    assertThat(Allotment.of(64, 22, false, List.of(slow, fast))).isEqualTo(Map.of(2, 22));
    assertThat(Allotment.of(64, 64, false, List.of(new Claimant(1, 0, PLENTY), fast)))
        .isEqualTo(Map.of(1, 33, 2, 31));
  }

  @Test
  void whatOneNetworkMayNotHaveTheOthersGet() {
    assertThat(
            Allotment.of(64, 64, false, List.of(new Claimant(1, 0, 3), new Claimant(2, 0, PLENTY))))
        .isEqualTo(Map.of(1, 3, 2, 48));
    assertThat(Allotment.of(64, 64, false, List.of(new Claimant(1, 9, -5)))).isEmpty();
  }

  @Test
  void aSingleSessionIsStillGiven() {
    assertThat(Allotment.of(1, 1, false, List.of(new Claimant(1, 0, PLENTY))))
        .isEqualTo(Map.of(1, 1));
  }
}
