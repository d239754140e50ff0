package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.assertProblem;
import static org.meterledger.system.Portal.assertRefused;

import io.restassured.path.json.JsonPath;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What lacks, and what was told twice, through the API of a server that counts by itself. */
@ExtendWith(PortalExtension.class)
class CompletenessIT {

  private static final String DAY = "?from=2026-10-25&to=2026-10-25";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Portal portal;
  private final ApiClient viewer;

  CompletenessIT(Portal portal) {
    this.portal = portal;
    this.viewer = portal.viewer();
  }

  @Test
  void rowsThatWereArchivedAreCountedAndWhatLacksIsAGap() throws Exception {
    sql(
        """
        with p as (
          update load_profile set first_at = timestamptz '2026-10-25 00:15Z'
           where meter_id = (select id from meter where serial_number = 'API-1') returning id),
        late as (
          insert into load_profile_entry
            (period_end, sequence, profile_id, occurrence, status, values)
          select timestamptz '2026-10-25 03:00Z', 12, id, 0, 0, array[1144, 2312] from p),
        period as (
          insert into load_profile_period (profile_id, since, capture_period)
          select id, timestamptz '2026-10-25 00:15Z', 900 from p)
        insert into load_profile_change (profile_id, first_end, last_end)
          select id, timestamptz '2026-10-25 00:15Z', timestamptz '2026-10-25 03:00Z' from p""");

    var day = awaitCounted();
    assertThat(day.getMap("[0]").toString()).isEqualTo("{day=2026-10-25, expected=92, stored=9}");
    assertThat(viewer.get("meters/API-1/completeness" + DAY, "Accept", "text/csv").body())
        .isEqualTo("day,stored,expected\r\n2026-10-25,9,92\r\n");

    var gaps = JsonPath.from(viewer.get("meters/API-1/gaps").body());
    assertThat(gaps.getInt("total")).isEqualTo(1);
    assertThat(gaps.getString("items[0].after")).isEqualTo("2026-10-25T02:00:00Z");
    assertThat(gaps.getInt("items[0].missing")).isEqualTo(3);
    assertThat(viewer.get("meters/API-1/gaps", "Accept", "text/csv").body())
        .contains("1-0:99.1.0*255,2026-10-25T03:00:00+01:00,2026-10-25T04:00:00+01:00,3,");

    assertThat(viewer.get("completeness" + DAY).body())
        .isEqualTo("[{\"day\":\"2026-10-25\",\"expected\":92,\"stored\":9}]");
    assertThat(viewer.get("completeness" + DAY, "Accept", "text/csv").body())
        .endsWith("2026-10-25,9,92\r\n");
    var lacking = JsonPath.from(viewer.get("completeness/meters?day=2026-10-25").body());
    assertThat(lacking.getString("items[0].serialNumber")).isEqualTo("API-1");
    assertThat(lacking.getInt("items[0].missing")).isEqualTo(83);
  }

  private JsonPath awaitCounted() throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      var day = JsonPath.from(viewer.get("meters/API-1/completeness" + DAY).body());
      if (day.getInt("[0].stored") > 0 || System.nanoTime() > end) {
        return day;
      }
    }
  }

  @Test
  void whatTheMeterToldOtherwiseLaterIsKeptAndTold() throws Exception {
    sql(
        """
        insert into load_profile_superseded
          (profile_id, period_end, sequence, status, values, superseded_at)
        select p.id, timestamptz '2026-10-25 00:45Z', 3, 0, array[1008, null],
               timestamptz '2026-10-26 08:00Z'
          from load_profile p join meter m on m.id = p.meter_id and m.serial_number = 'API-1'""");

    var path = "meters/API-1/load-profile/versions?from=2026-10-25&to=2026-10-26&zone=UTC";
    assertThat(viewer.get(path, "Accept", "text/csv").body())
        .isEqualTo(
            String.join(
                "\r\n",
                "period_end,sequence,superseded_at,status,1-0:1.8.0*255 [Wh],1-0:32.7.0*255 [V]",
                "2026-10-25T00:45:00Z,3,2026-10-26T08:00:00Z,,1008,",
                "2026-10-25T00:45:00Z,3,,,1009,230.3",
                ""));
    assertThat(viewer.get(path).body())
        .contains("\"supersededAt\":\"2026-10-26T08:00:00Z\",\"values\":[1008,null]")
        .contains("\"supersededAt\":null,\"values\":[1009,230.3]");
  }

  @ParameterizedTest
  @CsvSource({
    "completeness?group=999, group, unknown",
    "completeness?from=yesterday, from, date",
    "completeness?from=2026-11-02&to=2026-11-01, from, beforeTo",
    "completeness/meters?day=25.10.2026, day, date",
    "meters/API-1/completeness?to=2026-13-01, to, date",
    "meters/API-1/load-profile/versions?to=2026-10-26, from, required",
  })
  void aQuestionThatBreaksARuleIsRefusedByField(String path, String field, String rule)
      throws Exception {
    assertRefused(viewer.get(path), field, rule);
  }

  @Test
  void aMeterThatIsNotThereHasNoGaps() throws Exception {
    assertProblem(viewer.get("meters/nobody/gaps"), 404);
    assertProblem(viewer.get("meters/nobody/completeness"), 404);
  }

  private void sql(String statement) throws Exception {
    try (Connection connection = portal.database().dataSource().getConnection();
        var update = connection.createStatement()) {
      update.execute(statement);
    }
  }
}
