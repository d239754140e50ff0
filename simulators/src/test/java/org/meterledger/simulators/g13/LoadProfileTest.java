package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.NOW;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.SILVER;
import static org.meterledger.simulators.g13.G13Wired.of;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N73 to N76. */
class LoadProfileTest extends WiredTest {
  private static final String PROFILES = of(PLATINUM, "loadprofiles");
  private static final String CONFIGURATION = PROFILES + "/configuration";

  private static String configuration(String... channels) {
    return "{\"lpconfig\":[" + String.join(",", channels) + "]}";
  }

  /** The eight channels, of which all but the first hold little. */
  private static String withFirst(String channel) {
    return configuration(
        IntStream.range(0, 8)
            .mapToObj(number -> number == 0 ? channel : "[3600,1,10]")
            .toArray(String[]::new));
  }

  private JsonArray items(String range) throws Exception {
    return wired.json(PROFILES + range).getJsonArray("items");
  }

  private static List<String> times(JsonArray items) {
    return G13Wired.texts(items, "timestamp");
  }

  @Test
  void itemsAreTheTruth() throws Exception {
    JsonObject answer = wired.json(PROFILES + "/1");
    assertThat(answer.getJsonArray("mapping").toString())
        .isEqualTo("[[\"active_import_total\",\"Wh\"]]");
    List<LoadProfileItem> truth = wired.meter(PLATINUM).loadProfile(1);
    assertThat(truth).hasSize(20 * 96 + 48);
    assertThat(
            answer.getJsonArray("items").stream()
                .map(Object::toString)
                .collect(Collectors.toList()))
        .isEqualTo(
            truth.stream()
                .map(
                    item ->
                        "{\"status\":"
                            + item.status()
                            + ",\"timestamp\":\""
                            + item.timestamp()
                            + ":00\",\"value\":\""
                            + item.value().toPlainString()
                            + "\"}")
                .toList());
  }

  @Test
  void itemIsTheRegisterAtItsTime() {
    List<LoadProfileItem> items = wired.meter(PLATINUM).loadProfile(1);
    LoadProfileItem last = items.get(items.size() - 1);
    assertThat(last.timestamp()).isEqualTo(LocalDateTime.parse("2026-03-27T13:00:00"));
    assertThat(last.value()).isEqualTo(wired.meter(PLATINUM).value(1, NOW));
    assertThat(last.status()).isZero();
  }

  @Test
  void voltageIsTheMeanOfTheInterval() {
    List<LoadProfileItem> items = wired.meter(PLATINUM).loadProfile(5);
    BigDecimal sum = BigDecimal.ZERO;
    for (int slot = 1; slot <= 12; slot++) {
      sum = sum.add(wired.meter(PLATINUM).value(69, NOW.minus(Duration.ofMinutes(5L * slot))));
    }
    BigDecimal mean = items.get(items.size() - 1).value();
    assertThat(sum.subtract(mean.multiply(BigDecimal.valueOf(12))).abs())
        .isLessThan(BigDecimal.ONE);
  }

  @Test
  void ranges() throws Exception {
    assertThat(times(items("/1/2026-03-26T23:50:00/2026-03-27T00:15:00")))
        .containsExactly("2026-03-27T00:00:00", "2026-03-27T00:15:00");
    assertThat(times(items("/1/2026-03-27T00:00:00/2")))
        .containsExactly("2026-03-27T00:00:00", "2026-03-27T00:15:00");
    assertThat(times(items("/1/2026-03-27T12:45:01"))).containsExactly("2026-03-27T13:00:00");
    assertThat(times(items("/1/2026-03-27T00:00:00/9/2026-03-27T00:00:00"))).hasSize(1);
    assertThat(items("/1/2027-01-01T00:00:00")).isEmpty();
    assertThat(items("/1/1999-01-01T00:00:00/5")).hasSize(5);
  }

  @Test
  void channelsAreCountedFromOneToEight() throws Exception {
    assertThat(items("/8")).hasSize(20);
    wired.invalid("GET", PROFILES + "/0", "");
    wired.invalid("GET", PROFILES + "/9", "");
    wired.refused(404, "URI not found.", "GET", PROFILES, "");
    wired.silent(502, of(SILVER, "loadprofiles/1"));
    wired.silent(502, of(SILVER, "loadprofiles/configuration"));
  }

  @Test
  void onlyAChangedChannelStartsAnew() throws Exception {
    String before = wired.json(CONFIGURATION).toString();
    assertThat(before).startsWith("{\"lpconfig\":[[900,1,10000],[900,2,10000],");
    String changed = before.replace("[900,1,10000]", "[60,69,10000]");
    wired.posts(CONFIGURATION, changed);
    assertThat(wired.json(CONFIGURATION).toString()).isEqualTo(changed);
    assertThat(items("/1")).isEmpty();
    assertThat(items("/2")).hasSize(20 * 96 + 48);
    wired.pass(Duration.ofMinutes(3));
    assertThat(times(items("/1")))
        .containsExactly("2026-03-27T13:01:00", "2026-03-27T13:02:00", "2026-03-27T13:03:00");
    assertThat(wired.json(PROFILES + "/1").getJsonArray("mapping").toString())
        .isEqualTo("[[\"voltage_l1\",\"V\"]]");
  }

  @Test
  void oldestItemsAreLost() throws Exception {
    wired.posts(CONFIGURATION, withFirst("[60,1,100]"));
    wired.pass(Duration.ofMinutes(250));
    JsonArray items = items("/1");
    assertThat(items).hasSize(100);
    assertThat(times(items)).startsWith("2026-03-27T15:31:00").endsWith("2026-03-27T17:10:00");
    assertThat(items("/1/2026-03-27T00:00:00/3")).isEqualTo(items.subList(0, 3));
    List<LoadProfileItem> recorded = wired.meter(PLATINUM).recordedLoadProfile(1);
    assertThat(recorded).hasSize(250);
    assertThat(recorded.subList(150, 250)).isEqualTo(wired.meter(PLATINUM).loadProfile(1));
  }

  @Test
  void fortyThousandItems() throws Exception {
    wired.posts(CONFIGURATION, withFirst("[60,1,39930]"));
    wired.pass(Duration.ofDays(30));
    List<LoadProfileItem> truth = wired.meter(PLATINUM).loadProfile(1);
    assertThat(truth).hasSize(39_930);
    JsonArray items = items("/1");
    assertThat(items).hasSize(39_930);
    assertThat(items.getJsonObject(39_929).getString("value"))
        .isEqualTo(truth.get(39_929).value().toPlainString());
    assertThat(times(items)).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({"39929,200", "39930,200", "39931,400"})
  void fortyThousandItemsAreHeldAtMost(int count, int status) throws Exception {
    assertThat(wired.send("POST", CONFIGURATION, withFirst("[60,1," + count + "]")).statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"7,400", "8,200", "9,400"})
  void eightChannels(int count, int status) throws Exception {
    String[] channels =
        IntStream.range(0, count).mapToObj(number -> "[60,1,10]").toArray(String[]::new);
    assertThat(wired.send("POST", CONFIGURATION, configuration(channels)).statusCode())
        .isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {60, 120, 180, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400})
  void intervals(int seconds) throws Exception {
    wired.posts(CONFIGURATION, withFirst("[" + seconds + ",1,10]"));
    wired.pass(Duration.ofDays(1));
    JsonArray items = items("/1");
    assertThat(items).hasSize(Math.min(10, 86_400 / seconds));
    LocalDateTime last = LocalDateTime.parse(times(items).get(items.size() - 1));
    assertThat(last.toLocalTime().toSecondOfDay() % seconds).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[450,1,10]",
        "[0,1,10]",
        "[60,96,10]",
        "[60,999,10]",
        "[60,1]",
        "[60,1,-1]",
        "60",
        "{}"
      })
  void channelIsRefused(String channel) throws Exception {
    wired.invalid("POST", CONFIGURATION, withFirst(channel));
  }

  @Test
  void oneChannelOrAllAreCleared() throws Exception {
    wired.succeeds("DELETE", PROFILES + "/1", "");
    assertThat(items("/1")).isEmpty();
    assertThat(items("/2")).isNotEmpty();
    wired.succeeds("DELETE", PROFILES, "");
    assertThat(items("/2")).isEmpty();
    wired.invalid("DELETE", PROFILES + "/9", "");
  }

  @Test
  void clearedProfileBeginsAnewWithAShortInterval() throws Exception {
    wired.pass(Duration.ofMinutes(5));
    wired.succeeds("DELETE", PROFILES + "/1", "");
    wired.pass(Duration.ofMinutes(25));
    assertThat(wired.meter(PLATINUM).loadProfile(1))
        .extracting(LoadProfileItem::status)
        .containsExactly(LoadProfileItem.TOO_SHORT, 0);
  }
}
