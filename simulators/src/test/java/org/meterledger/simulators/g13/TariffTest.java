package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.BRONZE;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.of;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N81 to N90. */
class TariffTest extends WiredTest {
  private static final String TARIFF = of(PLATINUM, "tariff");
  private static final String DAYS = TARIFF + "/dayprofiles";
  private static final String WEEKS = TARIFF + "/weekprofiles";
  private static final String SEASONS = TARIFF + "/seasonprofiles";
  private static final String SPECIAL = TARIFF + "/specialdayprofiles";

  @Test
  void clockDecides() throws Exception {
    assertThat(wired.json(TARIFF).toString())
        .isEqualTo("{\"daytype\":1,\"season\":1,\"tariff\":1,\"source\":0}");
    wired.pass(Duration.ofHours(9));
    assertThat(wired.json(TARIFF).getInt("tariff")).isEqualTo(2);
    wired.pass(Duration.ofHours(8));
    assertThat(wired.json(TARIFF).getInt("tariff")).isEqualTo(1);
    wired.pass(Duration.ofHours(31));
    assertThat(wired.json(TARIFF).toString())
        .isEqualTo("{\"daytype\":2,\"season\":1,\"tariff\":2,\"source\":0}");
  }

  @Test
  void communicationDecides() throws Exception {
    wired.invalid("POST", TARIFF, "{\"tariff\":2}");
    wired.posts(TARIFF, "{\"source\":1}");
    wired.posts(TARIFF, "{\"tariff\":4}");
    assertThat(wired.json(TARIFF).toString()).isEqualTo("{\"tariff\":4,\"source\":1}");
    wired.posts(TARIFF, "{\"source\":1,\"tariff\":3}");
    assertThat(wired.meter(PLATINUM).activeTariff()).isEqualTo(3);
    wired.invalid("POST", TARIFF, "{\"tariff\":0}");
    wired.invalid("POST", TARIFF, "{\"tariff\":5}");
    wired.invalid("POST", TARIFF, "{\"source\":3}");
  }

  @Test
  void inputsDecide() throws Exception {
    wired.posts(TARIFF, "{\"source\":2,\"inputconfig\":[1,2,3,4]}");
    assertThat(wired.json(TARIFF).toString())
        .isEqualTo("{\"tariff\":1,\"source\":2,\"inputconfig\":[1,2,3,4]}");
    wired.meter(PLATINUM).setInput(3, true);
    assertThat(wired.meter(PLATINUM).activeTariff()).isEqualTo(2);
    wired.meter(PLATINUM).setInput(4, true);
    assertThat(wired.meter(PLATINUM).activeTariff()).isEqualTo(4);
    wired.invalid("POST", TARIFF, "{\"inputconfig\":[1,2,3]}");
    wired.invalid("POST", TARIFF, "{\"inputconfig\":[1,2,3,5]}");
    wired.posts(TARIFF, "{\"source\":0}");
    wired.invalid("POST", TARIFF, "{\"inputconfig\":[1,2,3,4]}");
  }

  @Test
  void onlyTheActiveTariffCounts() throws Exception {
    wired.posts(TARIFF, "{\"source\":1,\"tariff\":3}");
    BigDecimal[] before = registers();
    wired.pass(Duration.ofHours(5));
    wired.posts(TARIFF, "{\"tariff\":4}");
    BigDecimal[] between = registers();
    wired.pass(Duration.ofHours(5));
    BigDecimal[] after = registers();

    assertThat(between[2]).isGreaterThan(before[2]);
    assertThat(after[2]).isEqualTo(between[2]);
    assertThat(between[3]).isEqualTo(before[3]);
    assertThat(after[3]).isGreaterThan(between[3]);
    assertThat(after[0]).isEqualTo(before[0]);
    assertThat(after[1]).isEqualTo(before[1]);
  }

  @Test
  void calendarDecidesOverDays() throws Exception {
    BigDecimal[] before = registers();
    BigDecimal total = wired.meter(PLATINUM).value(1, wired.clock.instant());
    wired.pass(Duration.ofDays(10));
    BigDecimal[] after = registers();
    BigDecimal used = wired.meter(PLATINUM).value(1, wired.clock.instant()).subtract(total);
    BigDecimal day = after[0].subtract(before[0]);
    BigDecimal night = after[1].subtract(before[1]);
    assertThat(day).isGreaterThan(night);
    assertThat(night).isPositive();
    assertThat(day.add(night).subtract(used).abs()).isLessThan(new BigDecimal("0.01"));
    assertThat(after[2]).isZero();
  }

  private BigDecimal[] registers() {
    return IntStream.rangeClosed(9, 12)
        .mapToObj(id -> wired.meter(PLATINUM).value(id, wired.clock.instant()))
        .toArray(BigDecimal[]::new);
  }

  @Test
  void dayProfileIsChangedAndDecides() throws Exception {
    wired.posts(DAYS, "{\"actions\":[[3,\"12:00\"],[2,\"15:00\"]],\"profile\":1}");
    assertThat(wired.json(DAYS).toString())
        .isEqualTo(
            "{\"dayprofiles\":[{\"actions\":[[3,\"12:00\"],[2,\"15:00\"]],\"profile\":1},"
                + "{\"actions\":[[2,\"00:00\"]],\"profile\":2}]}");
    assertThat(wired.json(TARIFF).getInt("tariff")).isEqualTo(3);
    wired.pass(Duration.ofHours(2));
    assertThat(wired.json(TARIFF).getInt("tariff")).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"1,200", "16,200", "0,400", "17,400"})
  void sixteenDayProfiles(int profile, int status) throws Exception {
    String body = "{\"actions\":[[1,\"12:00\"]],\"profile\":" + profile + "}";
    assertThat(wired.send("POST", DAYS, body).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"29,200", "30,200", "31,400"})
  void thirtySwitchPoints(int points, int status) throws Exception {
    String actions =
        IntStream.range(0, points)
            .mapToObj(number -> String.format("[1,\"%02d:%02d\"]", number / 2, number % 2 * 30))
            .collect(Collectors.joining(","));
    String body = "{\"actions\":[" + actions + "],\"profile\":1}";
    assertThat(wired.send("POST", DAYS, body).statusCode()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[0,'12:00']]",
        "[[13,'12:00']]",
        "[[1,'24:00']]",
        "[[1,'1:00']]",
        "[[1]]",
        "[1]"
      })
  void actionIsRefused(String actions) throws Exception {
    String body = "{\"actions\":" + actions.replace('\'', '"') + ",\"profile\":1}";
    wired.invalid("POST", DAYS, body);
  }

  @Test
  void weekProfiles() throws Exception {
    String weeks =
        IntStream.rangeClosed(1, 4)
            .mapToObj(n -> "{\"profile\":\"Week" + n + "\",\"dayid\":[2,2,2,2,2,2,2]}")
            .collect(Collectors.joining(","));
    wired.posts(WEEKS, "{\"weekprofiles\":[" + weeks + "]}");
    assertThat(wired.json(WEEKS).toString()).isEqualTo("{\"weekprofiles\":[" + weeks + "]}");
    assertThat(wired.json(TARIFF).getInt("daytype")).isEqualTo(2);
    String fifth = weeks + ",{\"profile\":\"Week5\",\"dayid\":[2,2,2,2,2,2,2]}";
    wired.invalid("POST", WEEKS, "{\"weekprofiles\":[" + fifth + "]}");
    String week = "{\"weekprofiles\":[{\"profile\":\"%s\",\"dayid\":[%s]}]}";
    wired.invalid("POST", WEEKS, week.formatted("W", "1,2,3"));
    wired.invalid("POST", WEEKS, week.formatted("W", "1,2,3,4,5,6,17"));
    wired.invalid("POST", WEEKS, week.formatted("W".repeat(31), "1,2,3,4,5,6,7"));
    wired.posts(WEEKS, week.formatted("W".repeat(30), "1,2,3,4,5,6,7"));
  }

  @Test
  void seasons() throws Exception {
    wired.posts(
        WEEKS,
        "{\"weekprofiles\":[{\"profile\":\"A\",\"dayid\":[1,1,1,1,1,1,1]},"
            + "{\"profile\":\"B\",\"dayid\":[2,2,2,2,2,2,2]}]}");
    String body =
        "{\"seasonprofiles\":[{\"day\":254,\"month\":10,\"profile\":\"Winter\",\"weekprofile\":\"B\"},"
            + "{\"day\":1,\"month\":5,\"profile\":\"Summer\",\"weekprofile\":\"A\"}]}";
    wired.posts(SEASONS, body);
    assertThat(wired.json(SEASONS).toString()).isEqualTo(body);
    assertThat(wired.json(TARIFF).toString()).contains("\"daytype\":2,\"season\":1");
    wired.pass(Duration.ofDays(35));
    assertThat(wired.json(TARIFF).toString()).contains("\"daytype\":1,\"season\":2");
    wired.invalid(
        "POST",
        SEASONS,
        "{\"seasonprofiles\":[{\"day\":32,\"month\":1,\"profile\":\"X\",\"weekprofile\":\"A\"}]}");
  }

  @Test
  void specialDaysComeFirst() throws Exception {
    String body =
        "{\"specialdayprofiles\":[{\"date\":{\"day\":%d,\"month\":%d,\"week\":255,\"year\":65535},"
            + "\"dayprofile\":%d,\"profile\":%d}]}";
    wired.posts(SPECIAL, body.formatted(27, 3, 2, 1));
    assertThat(wired.json(TARIFF).getInt("daytype")).isEqualTo(2);
    wired.posts(SPECIAL, body.formatted(27, 3, 1, 7));
    assertThat(wired.json(SPECIAL).toString()).isEqualTo(body.formatted(27, 3, 1, 1));
    wired.invalid("POST", SPECIAL, body.formatted(28, 3, 1, 1));
    wired.posts(SPECIAL, body.formatted(254, 3, 2, 2));
    wired.pass(Duration.ofDays(4));
    assertThat(wired.json(TARIFF).getInt("daytype")).isEqualTo(2);
    wired.invalid("POST", SPECIAL, body.formatted(1, 13, 1, 3));
    wired.invalid("POST", SPECIAL, body.formatted(32, 3, 1, 3));
    wired.posts(SPECIAL, body.replace("dayprofile\"", "dayprofileid\"").formatted(1, 255, 1, 3));
  }

  @Test
  void bronzeHasNoTariffs() throws Exception {
    wired.silent(500, of(BRONZE, "tariff"));
    for (String list : new String[] {"day", "week", "season", "specialday"}) {
      wired.silent(500, of(BRONZE, "tariff/" + list + "profiles"));
    }
  }
}
