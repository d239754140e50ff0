package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.GOLD;
import static org.meterledger.simulators.g13.G13Wired.IRON;
import static org.meterledger.simulators.g13.G13Wired.NOW;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.SILVER;
import static org.meterledger.simulators.g13.G13Wired.STEEL;
import static org.meterledger.simulators.g13.G13Wired.of;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N69 to N72 and N77 to N80. */
class StoredValuesTest extends WiredTest {
  private static final String VALUES = of(PLATINUM, "previousvalues");
  private static final String DEMAND = of(PLATINUM, "demand");

  private List<String> times(String path) throws Exception {
    return G13Wired.texts(wired.json(path).getJsonArray("items"), "time");
  }

  @Test
  void previousValuesAreTheTruthNewestFirst() throws Exception {
    JsonObject answer = wired.json(VALUES);
    assertThat(answer.getString("interval")).isEqualTo("daily");
    assertThat(answer.getJsonArray("mapping").get(0).toString())
        .isEqualTo("[\"active_import_total\",\"Wh\"]");
    List<PreviousValue> truth = new ArrayList<>(wired.meter(PLATINUM).previousValues());
    Collections.reverse(truth);
    // Commissioned at 01:00 local time, so the first midnight is 20 days before the last.
    assertThat(truth).hasSize(20);
    JsonArray items = answer.getJsonArray("items");
    assertThat(items).hasSize(20);
    for (int number = 0; number < truth.size(); number++) {
      PreviousValue snapshot = truth.get(number);
      String values =
          snapshot.values().stream()
              .map(value -> "[1,\"" + value.toPlainString() + "\"]")
              .collect(Collectors.joining(","));
      assertThat(items.get(number).toString())
          .isEqualTo("{\"values\":[" + values + "],\"time\":\"" + snapshot.time() + ":00\"}");
    }
  }

  @Test
  void previousValueIsTheRegisterAtMidnight() {
    PreviousValue last = wired.meter(PLATINUM).previousValues().get(19);
    assertThat(last.time()).isEqualTo(LocalDateTime.parse("2026-03-27T00:00:00"));
    assertThat(last.values().get(0))
        .isEqualTo(wired.meter(PLATINUM).value(1, NOW.minus(Duration.ofHours(13))));
  }

  @Test
  void ranges() throws Exception {
    assertThat(times(VALUES + "/2026-03-20T00:00:00/2026-03-22T00:00:00"))
        .containsExactly("2026-03-22T00:00:00", "2026-03-21T00:00:00", "2026-03-20T00:00:00");
    assertThat(times(VALUES + "/2026-03-20T00:00:00/2"))
        .containsExactly("2026-03-21T00:00:00", "2026-03-20T00:00:00");
    assertThat(times(VALUES + "/2026-03-26T00:00:01")).containsExactly("2026-03-27T00:00:00");
    assertThat(times(VALUES + "/2026-03-20T00:00:00/9/2026-03-20T12:00:00"))
        .containsExactly("2026-03-20T00:00:00");
    assertThat(times(VALUES + "/2027-03-20T00:00:00")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/x", "/2026-03-20T00:00:00/0", "/2026-03-20T00:00:00/x", "/2026-02-30T00:00:00"})
  void rangeIsRefused(String range) throws Exception {
    wired.invalid("GET", VALUES + range, "");
    wired.invalid("GET", DEMAND + range, "");
    wired.invalid("GET", of(PLATINUM, "loadprofiles/1") + range, "");
  }

  @Test
  void previousValuesByWeekAndMonth() throws Exception {
    String body = "{\"interval\":\"weekly\",\"weekday\":3,\"pvconfig\":[1,9,53]}";
    wired.posts(VALUES + "/configuration", body);
    assertThat(wired.json(VALUES + "/configuration").toString()).isEqualTo(body);
    assertThat(times(VALUES)).isEmpty();
    wired.pass(Duration.ofDays(14));
    assertThat(times(VALUES)).containsExactly("2026-04-08T00:00:00", "2026-04-01T00:00:00");
    assertThat(wired.json(VALUES).getJsonArray("mapping").toString())
        .isEqualTo(
            "[[\"active_import_total\",\"Wh\"],[\"active_import_tar1\",\"Wh\"],"
                + "[\"io_input_cumulation_3\",\"imp\"]]");

    wired.posts(VALUES + "/configuration", "{\"interval\":\"monthly\",\"pvconfig\":[1]}");
    wired.pass(Duration.ofDays(60));
    assertThat(times(VALUES)).containsExactly("2026-06-01T00:00:00", "2026-05-01T00:00:00");
  }

  @Test
  void previousValuesAreCleared() throws Exception {
    wired.succeeds("DELETE", VALUES, "");
    assertThat(times(VALUES)).isEmpty();
    wired.pass(Duration.ofDays(1));
    assertThat(times(VALUES)).containsExactly("2026-03-28T00:00:00");
  }

  @ParameterizedTest
  @CsvSource({"22,200", "23,200", "24,400"})
  void twentyThreeChannels(int count, int status) throws Exception {
    String ids =
        IntStream.rangeClosed(1, count)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(","));
    String body = "{\"interval\":\"daily\",\"pvconfig\":[" + ids + "]}";
    assertThat(wired.send("POST", VALUES + "/configuration", body).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'interval':'hourly','pvconfig':[1]}",
        "{'interval':'weekly','weekday':8,'pvconfig':[1]}",
        "{'interval':'daily','pvconfig':[69]}",
        "{'interval':'daily','pvconfig':['1']}"
      })
  void previousValuesConfigurationIsRefused(String body) throws Exception {
    wired.invalid("POST", VALUES + "/configuration", body.replace('\'', '"'));
  }

  @Test
  void missingWeekday() throws Exception {
    wired.refused(
        400,
        "missing weekday in JSON",
        "POST",
        VALUES + "/configuration",
        "{\"interval\":\"weekly\",\"pvconfig\":[1]}");
  }

  @Test
  void typesDiffer() throws Exception {
    wired.json(of(STEEL, "previousvalues"));
    wired.silent(502, of(IRON, "previousvalues"));
    wired.silent(502, of(IRON, "previousvalues/configuration"));
    wired.silent(502, of(STEEL, "demand"));
    wired.silent(502, of(STEEL, "demand/configuration"));
    wired.json(of(GOLD, "demand"));
    // An Iron quantity on a single phase meter: no line 2.
    wired.invalid(
        "POST",
        of(SILVER, "previousvalues/configuration"),
        "{\"interval\":\"daily\",\"pvconfig\":[4]}");
  }

  @Test
  void demandIsTheTruthNewestFirst() throws Exception {
    JsonObject answer = wired.json(DEMAND);
    assertThat(answer.getJsonArray("mapping").get(0).toString())
        .isEqualTo("[\"active_import_total\",\"W\"]");
    List<DemandEntry> truth = new ArrayList<>(wired.meter(PLATINUM).demand());
    Collections.reverse(truth);
    JsonArray items = answer.getJsonArray("items");
    assertThat(items).hasSize(20);
    for (int number = 0; number < truth.size(); number++) {
      DemandEntry entry = truth.get(number);
      String values =
          entry.values().stream()
              .map(
                  value ->
                      "["
                          + value.status()
                          + ",\""
                          + value.value()
                          + "\",\""
                          + value.timestamp()
                          + ":00\","
                          + value.level()
                          + "]")
              .collect(Collectors.joining(","));
      assertThat(items.get(number).toString())
          .isEqualTo("{\"values\":[" + values + "],\"time\":\"" + entry.time() + ":00\"}");
    }
  }

  @Test
  void demandIsTheHighestMeanOfTheLoadProfile() {
    List<LoadProfileItem> quarters =
        wired.meter(PLATINUM).loadProfile(1).stream()
            .filter(item -> !item.timestamp().isBefore(LocalDateTime.parse("2026-03-26T00:00:00")))
            .filter(item -> !item.timestamp().isAfter(LocalDateTime.parse("2026-03-27T00:00:00")))
            .toList();
    List<BigDecimal> means = new ArrayList<>();
    for (int number = 1; number < quarters.size(); number++) {
      means.add(
          quarters
              .get(number)
              .value()
              .subtract(quarters.get(number - 1).value())
              .multiply(BigDecimal.valueOf(4)));
    }
    assertThat(means).hasSize(96);
    means.sort(Collections.reverseOrder());
    DemandEntry entry = wired.meter(PLATINUM).demand().get(19);
    for (int level = 0; level < 3; level++) {
      DemandEntry.Value value = entry.values().get(level);
      assertThat(value.level()).isEqualTo(level + 1);
      assertThat(value.value().subtract(means.get(level)).abs()).isLessThan(BigDecimal.ONE);
      assertThat(value.timestamp().toLocalDate().toString()).startsWith("2026-03-2");
    }
    BigDecimal lowest = entry.values().get(3).value();
    assertThat(lowest.subtract(means.get(95)).abs()).isLessThan(BigDecimal.ONE);
  }

  @Test
  void demandConfigurationErasesWhatIsStored() throws Exception {
    String body =
        "{\"dmc\":[[1,5],[1,1],[69,7],[96,14]],\"interval\":[900,300],\"period\":\"weekly\","
            + "\"weekday\":2}";
    assertThat(times(DEMAND)).hasSize(20);
    wired.posts(DEMAND + "/configuration", body.replace("69", "70"));
    wired.posts(DEMAND + "/configuration", body);
    assertThat(wired.json(DEMAND + "/configuration").toString())
        .isEqualTo(
            "{\"dmc\":[[1,5],[1,1],[69,7],[96,14]],\"interval\":[900,300],\"period\":\"weekly\",\"weekday\":2}");
    assertThat(times(DEMAND)).isEmpty();
    wired.pass(Duration.ofDays(5));
    assertThat(times(DEMAND)).containsExactly("2026-03-31T00:00:00");
  }

  @Test
  void demandIsCleared() throws Exception {
    wired.succeeds("DELETE", DEMAND, "");
    assertThat(times(DEMAND)).isEmpty();
    wired.pass(Duration.ofDays(1));
    assertThat(times(DEMAND)).containsExactly("2026-03-28T00:00:00");
  }

  @Test
  void periodTooShortForAMeanHasNone() throws Exception {
    wired.posts(
        DEMAND + "/configuration",
        "{\"dmc\":[[1,5],[1,7]],\"interval\":[3600,3600],\"period\":\"daily\"}");
    wired.pass(Duration.ofMinutes(10 * 60 + 30));
    wired.succeeds("DELETE", DEMAND, "");
    wired.pass(Duration.ofHours(1));
    assertThat(wired.value(DEMAND, "/items/0/values").toString())
        .isEqualTo(
            "[[0,\"4294967295\",\"2026-03-28T00:00:00\",1],"
                + "[0,\"4294967295\",\"2026-03-28T00:00:00\",3]]");
  }

  @ParameterizedTest
  @CsvSource({"49,200", "50,200", "51,400"})
  void fiftyDemandChannels(int count, int status) throws Exception {
    String channels =
        IntStream.range(0, count).mapToObj(number -> "[1,5]").collect(Collectors.joining(","));
    String body = "{\"dmc\":[" + channels + "],\"interval\":[900,900],\"period\":\"daily\"}";
    assertThat(wired.send("POST", DEMAND + "/configuration", body).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"499,200", "500,200", "501,400"})
  void fiveHundredEntriesAtMost(int count, int status) throws Exception {
    assertThat(wired.get(DEMAND + "/2026-03-20T00:00:00/" + count).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[1,4]];[900,60];daily",
        "[[1,8]];[900,60];daily",
        "[[1,16]];[900,60];daily",
        "[[1,0]];[900,60];daily",
        "[[999,5]];[900,60];daily",
        "[[1]];[900,60];daily",
        "[[1,5]];[901,60];daily",
        "[[1,5]];[900,120];daily",
        "[[1,5]];[900,90];daily",
        "[[1,5]];[900,60];yearly"
      })
  void demandConfigurationIsRefused(String configuration) throws Exception {
    String[] parts = configuration.split(";");
    wired.invalid(
        "POST",
        DEMAND + "/configuration",
        "{\"dmc\":" + parts[0] + ",\"interval\":" + parts[1] + ",\"period\":\"" + parts[2] + "\"}");
  }

  @Test
  void refusedClearingComesUnderStatus200() throws Exception {
    wired.meter(PLATINUM).setWritesDenied(true);
    for (String list : List.of("previousvalues", "loadprofiles", "loadprofiles/1", "demand")) {
      wired.refused(
          200, "received READ_WRITE_DENIED response from COSEM.", "DELETE", of(PLATINUM, list), "");
    }
    assertThat(times(VALUES)).hasSize(20);
    wired.refused(
        500,
        "received READ_WRITE_DENIED response from COSEM.",
        "POST",
        of(PLATINUM, "tariff"),
        "{\"source\":1}");
    assertThat(wired.json(of(PLATINUM, "associationobjects")).getString("role"))
        .isEqualTo("View Only");
  }
}
