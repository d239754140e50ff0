package org.meterledger.simulators.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmuPagesTest {
  private static final Pattern KEY = Pattern.compile("\"(\\w+)\":");

  @Test
  void statusHasTheKeysOfTheManual() throws Exception {
    try (Wired wired = Wired.household(1)) {
      var answer = wired.get("/status.json");

      assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
      assertThat(keys(answer.body()))
          .containsExactly(
              "networkdhcactive",
              "networkip",
              "networknm",
              "networkgw",
              "networkdns1",
              "mbactive",
              "mbport",
              "ntpactive",
              "ntp1",
              "meterserial",
              "meterfactorynr",
              "meterdatetime",
              "networkmac",
              "softwareversion",
              "updateractive");
      assertThat(answer.body())
          .contains("\"meterserial\": \"22350001\"", "\"softwareversion\": \"1.0.14\"");
    }
  }

  @Test
  void presentValuesHaveTheKeysOfTheManual() throws Exception {
    try (Wired wired = Wired.household(40)) {
      String body = wired.get("/meterdata.json").body();
      List<String> keys = keys(body);

      assertThat(keys)
          .hasSize(27 + 2 * 38)
          .startsWith("meterdatetime", "wpulse_cnt_L123_e", "wpulse_cnt_L123_T1_e")
          .containsSubsequence(
              "p_L123_act_e", "p_L1_act_e", "q_L123_act_e", "i_L3_act_e", "u_L1_act_e")
          .containsSubsequence("pf_L3_act_e", "f_L123_act_e", "showMinMax", "p_max_L1_e")
          .containsSubsequence("u_min_L1_e", "u_max_L3_e", "pf_max_L1_e", "f_min_L123_e")
          .endsWith("ts_f_min_L123_e", "ts_f_max_L123_e");
      assertThat(body)
          .contains("\"meterdatetime\": " + wired.clock.instant().getEpochSecond())
          .containsPattern("\"p_L123_act_e\": \"-?\\d+\\.\\d{3}\"")
          .containsPattern("\"u_L1_act_e\": \"\\d{3}\\.\\d\"")
          .containsPattern("\"pf_L1_act_e\": \"-?\\d\\.\\d\\d\"")
          .containsPattern("\"ts_p_max_L1_e\": \\d{10}");
    }
  }

  @Test
  void presentEnergyIsThatOfTheLastRowAtItsEnd() throws Exception {
    try (Wired wired = Wired.household(40)) {
      long wattHours = wired.meter.truth().get(39).values().get(0);

      assertThat(wired.get("/meterdata.json").body())
          .contains(
              "\"wpulse_cnt_L123_T1_e\": \""
                  + wattHours / 1000
                  + String.format(".%03d\"", wattHours % 1000));
    }
  }

  @Test
  void olderMetersHaveNoMinimaAndMaxima() throws Exception {
    var settings = EmuMeter.Settings.builder("22349999", Wired.START).build();
    try (Wired wired = new Wired(settings, Wired.START.plusSeconds(900))) {
      assertThat(keys(wired.get("/meterdata.json").body())).hasSize(27).endsWith("showMinMax");
    }
  }

  @Test
  void loadProfileRowHasTheColumnsOfTheManual() throws Exception {
    try (Wired wired = Wired.household(42)) {
      List<String> row = wired.rows("/data/?last=1").get(0);

      assertThat(row).hasSize(28);
      assertThat(row.subList(0, 4)).containsExactly("2026-03-28T10:30:00Z", "42", "0", "22350001");
      assertThat(row.subList(4, 28))
          .isEqualTo(wired.meter.truth().get(41).values().stream().map(String::valueOf).toList());
      assertThat(numbers(row.subList(21, 24)))
          .allMatch(voltage -> voltage > 2200 && voltage < 2400);
      assertThat(numbers(row.subList(24, 27))).allMatch(factor -> Math.abs(factor) <= 100);
      assertThat(numbers(row.subList(27, 28))).allMatch(hertz -> hertz > 490 && hertz < 510);
    }
  }

  @Test
  void currentsFollowFromPowerVoltageAndFactor() throws Exception {
    try (Wired wired = Wired.household(42)) {
      List<Long> row = numbers(wired.rows("/data/?last=1").get(0).subList(4, 28));
      for (int phase = 0; phase < 3; phase++) {
        long watts = row.get(9 + phase);
        long milliampere = row.get(13 + phase);
        long decivolt = row.get(17 + phase);
        long factor = row.get(20 + phase);
        // The factor is cut to 0.01, which is some 1 % of the power.
        assertThat(milliampere * decivolt * factor / 1_000_000)
            .isBetween(watts - watts / 40 - 2, watts + watts / 40 + 2);
      }
      assertThat(row.get(12)).isEqualTo(row.get(13) + row.get(14) + row.get(15));
    }
  }

  @Test
  void dialectsDifferInSeparatorHeaderAndLineEnd() throws Exception {
    var comma = Wired.settings().dialect(CsvDialect.COMMA_WITH_HEADER).build();
    try (Wired wired = new Wired(comma, Wired.START.plusSeconds(900))) {
      assertThat(wired.get("/data/").body())
          .startsWith("timestamp,index,status,serial,")
          .contains("\r\n2026-03-28T00:15:00Z,1,0,22350001,")
          .endsWith("\r\n");
    }
    var tab = Wired.settings().dialect(CsvDialect.TAB).build();
    try (Wired wired = new Wired(tab, Wired.START.plusSeconds(900))) {
      assertThat(wired.get("/data/").body()).startsWith("2026-03-28T00:15:00Z\t1\t0\t22350001\t");
    }
  }

  @Test
  void passwordIsAskedFor() throws Exception {
    var settings = Wired.settings().password("s3cret").build();
    try (Wired wired = new Wired(settings, Wired.START.plusSeconds(900))) {
      var refused = wired.get("/status.json");
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.headers().firstValue("WWW-Authenticate").orElseThrow())
          .startsWith("Basic ");
      assertThat(wired.get("/data/", basic("admin:wrong")).statusCode()).isEqualTo(401);
      assertThat(wired.get("/data/", basic("admin:s3cret")).statusCode()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/data", "/data/x", "/logbook", "/status"})
  void unknownPathIsNotFound(String path) throws Exception {
    try (Wired wired = Wired.household(1)) {
      assertThat(wired.get(path).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void frontPageIsHtml() throws Exception {
    try (Wired wired = Wired.household(1)) {
      var answer = wired.get("/");
      assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
      assertThat(answer.body()).contains("22350001");
    }
  }

  private static String basic(String credentials) {
    return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes());
  }

  private static List<String> keys(String json) {
    return KEY.matcher(json)
        .results()
        .map(MatchResult::group)
        .map(key -> key.replaceAll("\\W", ""))
        .toList();
  }

  private static List<Long> numbers(List<String> columns) {
    return columns.stream().map(Long::valueOf).toList();
  }
}
