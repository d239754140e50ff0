package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.restassured.path.json.JsonPath;
import java.io.InputStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Downloads of interval data, whole and broken. */
@ExtendWith(PortalExtension.class)
class ExportIT {

  private static final String METER = "meters/API-1";
  private static final String DAY = "?from=2026-10-25T00:30:00Z&to=2026-10-25T01:30:00Z";

  private final Portal portal;
  private final ApiClient viewer;

  ExportIT(Portal portal) {
    this.portal = portal;
    this.viewer = portal.viewer();
  }

  @Test
  void wordsOfPeopleAreNoFormulasInATable() throws Exception {
    assertThat(viewer.get("meters", "Accept", "text/csv").body())
        .startsWith("serial_number,alias,")
        .contains("API-2,'=1+1,emu-professional-ii,");
  }

  @Test
  void aTableTellsDifferencesAcrossTheEndOfDaylightSaving() throws Exception {
    var table = viewer.get(METER + "/load-profile" + DAY, "Accept", "text/csv");

    assertThat(table.headers().firstValue("Content-Type")).get().asString().startsWith("text/csv");
    assertThat(table.body())
        .isEqualTo(
            String.join(
                "\r\n",
                "period_end,sequence,status,1-0:1.8.0*255 [Wh],1-0:32.7.0*255 [V]",
                "2026-10-25T02:45:00+02:00,3,,5,230.3",
                "2026-10-25T02:00:00+01:00,4,,7,",
                "2026-10-25T02:15:00+01:00,5,POWER_DOWN,9,230.5",
                "2026-10-25T02:30:00+01:00,6,,11,230.6",
                ""));
  }

  @Test
  void jsonTellsReadingsOnDemandWithTheirDecimals() throws Exception {
    var answer = viewer.get(METER + "/load-profile" + DAY + "&values=reading&zone=UTC");

    assertThat(answer.body())
        .contains("{\"periodEnd\":\"2026-10-25T00:45:00Z\",\"sequence\":3,\"values\":[1009,230.3]}")
        .contains("\"sequence\":4,\"values\":[1016,null]")
        .contains("\"status\":[\"POWER_DOWN\"],\"values\":[1025,230.5]");
    assertThat(JsonPath.from(answer.body()).getList("rows")).hasSize(4);
  }

  @Test
  void powerIsTheMeanOfTheInterval() throws Exception {
    var answer = viewer.get(METER + "/load-profile" + DAY + "&values=power&channels=1-0:1.8.0");

    assertThat(JsonPath.from(answer.body()).getList("rows.values.flatten()"))
        .containsExactly(20, 28, 36, 44);
    assertThat(JsonPath.from(answer.body()).getString("channels[0].unit")).isEqualTo("W");
  }

  /** Otherwise a cut file would be taken for a whole one. */
  @ParameterizedTest
  @ValueSource(strings = {"text/csv", "application/json"})
  void anExportThatBreaksMidwayEndsAsABrokenConnection(String type) throws Exception {
    var request =
        viewer
            .request(
                "GET",
                "meters/API-2/load-profile?from=2020-01-01&to=2022-01-01",
                null,
                "Accept",
                type)
            .build();
    var answer = viewer.http().send(request, BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);

    try (InputStream body = answer.body()) {
      body.readNBytes(1000);
      endCopies();
      assertThatIOException().isThrownBy(body::readAllBytes);
    }
    for (int i = 0; i < 40; i++) {
      assertThat(viewer.get("account").statusCode()).isEqualTo(200);
    }
  }

  private void endCopies() throws Exception {
    try (Connection connection = portal.database().dataSource().getConnection();
        var rows =
            connection
                .createStatement()
                .executeQuery(
                    "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                        + " where query like 'copy (select%'")) {
      rows.next();
      assertThat(rows.getInt(1)).as("exports that were under way").isPositive();
    }
  }
}
