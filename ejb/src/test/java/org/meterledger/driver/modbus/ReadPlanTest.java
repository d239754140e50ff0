package org.meterledger.driver.modbus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReadPlanTest {

  private static RegisterRange range(int address, int count) {
    return new RegisterRange(address, count);
  }

  @Test
  void neighboursAreReadTogether() {
    var defined = List.of(range(1, 4), range(5, 4), range(9, 2));

    assertThat(ReadPlan.of(defined, defined, 120)).containsExactly(range(1, 10));
  }

  @Test
  void whatLiesBetweenIsReadAlongWhereItIsDefined() {
    var defined = List.of(range(1, 40));

    assertThat(ReadPlan.of(List.of(range(21, 4), range(1, 4)), defined, 120))
        .containsExactly(range(1, 24));
  }

  /** Registers 22 to 2F of a DMED4 have no meaning. */
  @Test
  void undefinedRegistersAreNotCrossed() {
    var defined = List.of(range(0x1d, 4), range(0x2f, 4), range(0x33, 4));

    assertThat(ReadPlan.of(defined, defined, 120)).containsExactly(range(0x1d, 4), range(0x2f, 8));
  }

  @Test
  void noReadIsTooLongAndNoValueIsCut() {
    var values = new ArrayList<RegisterRange>();
    for (var at = 0; at < 128; at += 4) {
      values.add(range(at, 4));
    }

    assertThat(ReadPlan.of(values, values, 50))
        .containsExactly(range(0, 48), range(48, 48), range(96, 32));
  }

  @Test
  void nothingWantedNeedsNoRead() {
    assertThat(ReadPlan.of(List.of(), List.of(range(0, 1)), 120)).isEmpty();
  }

  @Test
  void whatCannotBeReadIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPlan.of(List.of(range(0, 5)), List.of(range(0, 4)), 120))
        .withMessageContaining("without meaning");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ReadPlan.of(List.of(range(0, 121)), List.of(range(0, 200)), 120))
        .withMessageContaining("longer than a read of 120");
    assertThatIllegalArgumentException().isThrownBy(() -> range(65535, 2));
    assertThatIllegalArgumentException().isThrownBy(() -> range(0, 0));
  }

  /** For any table: each value whole in one read, each register of a read defined. */
  @Test
  void holdsForAnyTable() {
    for (var seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      var defined = new ArrayList<RegisterRange>();
      for (var at = random.nextInt(10); at < 600; ) {
        var count = 1 + random.nextInt(8);
        defined.add(range(at, count));
        at += count + (random.nextInt(4) == 0 ? 1 + random.nextInt(30) : 0);
      }
      Collections.shuffle(defined, random);
      var wanted = defined.subList(0, 1 + random.nextInt(defined.size()));
      var most = 8 + random.nextInt(113);

      var reads = ReadPlan.of(wanted, defined, most);

      assertThat(wanted)
          .as("seed %d", seed)
          .allMatch(value -> reads.stream().anyMatch(read -> read.contains(value)));
      assertThat(reads)
          .as("seed %d", seed)
          .allSatisfy(
              read -> {
                assertThat(read.count()).isLessThanOrEqualTo(most);
                for (var at = read.address(); at < read.end(); at++) {
                  var register = range(at, 1);
                  assertThat(defined).anyMatch(each -> each.contains(register));
                }
              });
    }
  }
}
