package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.BRONZE;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.of;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N51 to N53. */
class EventsTest extends WiredTest {
  private static final String ALARMS = "alarms/configuration";
  private static final String ALARM =
      "{\"alarmconfig\":{\"id\":%d,\"quantity\":%d,\"onthreshold\":%d,\"offthreshold\":%d,"
          + "\"ondelay\":60,\"offdelay\":0,\"log\":true,\"output\":%d}}";

  @Test
  void eventsUntilATimeNewestFirst() throws Exception {
    G13Meter meter = wired.meter(PLATINUM);
    meter.record(MeterEvent.QUALITY, 1000, Duration.ofSeconds(7));
    wired.pass(Duration.ofHours(1));
    meter.record(MeterEvent.QUALITY, 1008, Duration.ZERO);
    assertThat(wired.json(of(PLATINUM, "events/2026-03-28T00:00:00")).toString())
        .isEqualTo(
            "{\"system\":[],\"quality\":["
                + "{\"datetime\":\"2026-03-27T14:00:00\",\"duration\":0,\"category\":2,\"logid\":1008},"
                + "{\"datetime\":\"2026-03-27T13:00:00\",\"duration\":7,\"category\":2,\"logid\":1000}"
                + "],\"event\":[]}");
    assertThat(wired.json(of(PLATINUM, "events/2026-03-27T13:59:59")).getJsonArray("quality"))
        .hasSize(1);
    assertThat(meter.events()).extracting(MeterEvent::id).containsExactly(1000, 1008);
  }

  @Test
  void powerFailureAndLostTimeAreLogged() throws Exception {
    wired.meter(PLATINUM).powerFailure(Duration.ofMinutes(3));
    wired.pass(Duration.ofMinutes(4));
    wired.meter(PLATINUM).loseTime();
    assertThat(wired.meter(PLATINUM).events())
        .extracting(MeterEvent::id)
        .containsExactly(2054, 1010, 1011);
    JsonArray system =
        wired.json(of(PLATINUM, "events/2026-03-28T00:00:00")).getJsonArray("system");
    assertThat(system.getJsonObject(2).getInt("duration")).isEqualTo(180);
  }

  @Test
  void hundredEventsAtMost() throws Exception {
    for (int number = 0; number < 120; number++) {
      wired.meter(PLATINUM).record(MeterEvent.QUALITY, 1000, Duration.ofSeconds(number));
    }
    String until = "events/2026-03-28T00:00:00";
    assertThat(wired.json(of(PLATINUM, until)).getJsonArray("quality")).hasSize(100);
    assertThat(wired.json(of(PLATINUM, until + "/99")).getJsonArray("quality")).hasSize(99);
    assertThat(wired.json(of(PLATINUM, until + "/100")).getJsonArray("quality")).hasSize(100);
    wired.invalid("GET", of(PLATINUM, until + "/101"), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-03-28", "now", "2026-03-28T00:00:00/0", "2026-03-28T00:00:00/-1"})
  void eventsAreRefused(String range) throws Exception {
    wired.invalid("GET", of(PLATINUM, "events/" + range), "");
  }

  @Test
  void twentyFiveAlarms() throws Exception {
    wired.posts(of(PLATINUM, ALARMS), ALARM.formatted(25, 96, 3000, 2000, 4));
    JsonArray alarms = wired.json(of(PLATINUM, ALARMS)).getJsonArray("alarmconfig");
    assertThat(alarms).hasSize(25);
    assertThat(alarms.getJsonObject(0).toString()).isEqualTo("{\"id\":1}");
    assertThat(alarms.getJsonObject(24).toString())
        .isEqualTo(
            "{\"id\":25,\"quantity\":96,\"onthreshold\":3000,\"offthreshold\":2000,"
                + "\"ondelay\":60,\"offdelay\":0,\"log\":true,\"output\":4}");
    wired.silent(500, of(BRONZE, ALARMS));
  }

  @ParameterizedTest
  @CsvSource({"0,96,4", "26,96,4", "1,1,4", "1,999,4", "1,96,0", "1,96,5", "1,96,1"})
  void alarmIsRefused(int id, int quantity, int output) throws Exception {
    wired.invalid("POST", of(PLATINUM, ALARMS), ALARM.formatted(id, quantity, 1, 1, output));
  }

  @Test
  void onlyOneAlarmAtATime() throws Exception {
    wired.invalid("POST", of(PLATINUM, ALARMS), "{\"alarmconfig\":[{\"id\":1}]}");
  }

  @Test
  void alarmIsRaisedAndEnds() throws Exception {
    // The voltage never is below 1 V and always above 100 V.
    wired.posts(of(PLATINUM, ALARMS), ALARM.formatted(3, 69, 100, 1, 4));
    assertThat(flags()).isEqualTo("[]");
    wired.pass(Duration.ofSeconds(61));
    assertThat(flags()).isEqualTo("[\"Alarm3 Active\"]");
    assertThat(wired.value(of(PLATINUM, "io"), "/iostatus/3/currentstate").toString())
        .isEqualTo("1");
    JsonObject event =
        wired
            .json(of(PLATINUM, "events/2026-03-28T00:00:00"))
            .getJsonArray("event")
            .getJsonObject(0);
    assertThat(event.toString())
        .isEqualTo(
            "{\"datetime\":\"2026-03-27T13:01:00\",\"duration\":0,\"category\":4,\"logid\":2015}");
  }

  @Test
  void alarmFollowsTheLoadOfADay() throws Exception {
    wired.posts(of(PLATINUM, ALARMS), ALARM.formatted(1, 96, 700, 600, 4));
    wired.pass(Duration.ofDays(1));
    assertThat(wired.meter(PLATINUM).events())
        .hasSizeGreaterThan(1)
        .allMatch(event -> event.id() == 2013)
        .first()
        .satisfies(event -> assertThat(event.duration()).isPositive());
  }

  private String flags() throws Exception {
    return wired.json(of(PLATINUM, "statusflags")).getJsonArray("informationflags").toString();
  }
}
