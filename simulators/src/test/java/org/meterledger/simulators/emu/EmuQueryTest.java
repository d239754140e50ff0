package org.meterledger.simulators.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmuQueryTest {
  @Test
  void withoutParametersTheNewestThreeThousandComeDescending() throws Exception {
    try (Wired wired = Wired.household(3010)) {
      assertThat(wired.indices("/data/")).isEqualTo(down(3010, 11));
    }
  }

  @Test
  void lastIsLimitedToo() throws Exception {
    try (Wired wired = Wired.household(3010)) {
      assertThat(wired.indices("/data/?last=5")).isEqualTo(down(3010, 3006));
      assertThat(wired.indices("/data/?last=4000")).hasSize(3000);
    }
  }

  @Test
  void fromBelowToAscends() throws Exception {
    try (Wired wired = Wired.household(3010)) {
      assertThat(wired.indices("/data/?from=55&to=65")).isEqualTo(up(55, 65));
      assertThat(wired.indices("/data/?from=1&to=3010")).isEqualTo(up(1, 3000));
    }
  }

  @Test
  void fromAboveToDescends() throws Exception {
    try (Wired wired = Wired.household(3010)) {
      assertThat(wired.indices("/data/?from=20&to=1")).isEqualTo(down(20, 1));
      assertThat(wired.indices("/data/?from=3010&to=1")).isEqualTo(down(3010, 11));
    }
  }

  @Test
  void oneRowAndRowsThatDoNotExistYet() throws Exception {
    try (Wired wired = Wired.household(10)) {
      assertThat(wired.indices("/data/?from=4&to=4")).containsExactly(4);
      assertThat(wired.indices("/data/?from=9&to=200")).containsExactly(9, 10);
      assertThat(wired.get("/data/?from=11&to=200").body()).isEmpty();
    }
  }

  @Test
  void rowsAppearWhenTheirPeriodEnds() throws Exception {
    try (Wired wired = Wired.household(2)) {
      wired.clock.advance(Duration.ofMinutes(14));
      assertThat(wired.indices("/data/")).containsExactly(2, 1);
      wired.clock.advance(Duration.ofMinutes(1));
      assertThat(wired.indices("/data/")).containsExactly(3, 2, 1);
    }
  }

  @Test
  void ringBufferForgetsTheOldest() throws Exception {
    var settings = Wired.settings().capacity(10).build();
    try (Wired wired = new Wired(settings, Wired.START.plus(Duration.ofMinutes(15 * 25)))) {
      assertThat(wired.indices("/data/")).isEqualTo(down(25, 16));
      assertThat(wired.indices("/data/?from=1&to=18")).containsExactly(16, 17, 18);
      assertThat(wired.get("/data/?from=1&to=15").body()).isEmpty();
      assertThat(wired.meter.truth()).hasSize(25);
      assertThat(wired.meter.truth().stream().filter(LoadProfileRow::held)).hasSize(10);
    }
  }

  @Test
  void logbookGivesAtMostItsLimit() throws Exception {
    var settings = Wired.settings().logbookCapacity(3000).build();
    try (Wired wired = new Wired(settings, Wired.START.plusSeconds(900))) {
      for (int change = 0; change < 2100; change++) {
        wired.meter.changeCurrentTransformer(100 + change, 5);
      }
      List<List<String>> lines = wired.rows("/logbook/");
      assertThat(lines).hasSize(2048);
      assertThat(lines.get(0).get(2)).isEqualTo("2100");
      assertThat(wired.rows("/logbook/?from=55&to=65")).hasSize(11);
      assertThat(wired.rows("/logbook/?last=30").get(29).get(2)).isEqualTo("2071");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"last=x", "last=0", "last=-1", "from=&to=3", "from=1&to=99999999999"})
  void badParameterIsRefused(String query) throws Exception {
    try (Wired wired = Wired.household(5)) {
      assertThat(wired.get("/data/?" + query).statusCode()).isEqualTo(400);
    }
  }

  private static List<Integer> up(int from, int to) {
    return IntStream.rangeClosed(from, to).boxed().toList();
  }

  private static List<Integer> down(int from, int to) {
    return IntStream.iterate(from, index -> index >= to, index -> index - 1).boxed().toList();
  }
}
