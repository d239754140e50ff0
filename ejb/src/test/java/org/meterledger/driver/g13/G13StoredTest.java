package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.g13.G13Server.Response;

/** What a meter stores and its tariffs (N69 to N90), each by the example of the manual. */
@Timeout(60)
class G13StoredTest {

  private static final String SUCCESS = "{\"status\":\"success\"}";
  private static final LocalDateTime JULY = LocalDateTime.parse("2012-07-01T01:00:00");

  private final G13Server server = new G13Server().examples();
  private final G13Meter meter = server.meter();

  @AfterEach
  void stop() {
    server.close();
  }

  private void takes(String request) {
    server.on(request.replace(" ", " /meters/ABB_8/"), SUCCESS);
  }

  /** The body of the last request that was not a GET. */
  private String sent() {
    return server.requests().stream()
        .filter(request -> !request.method().equals("GET"))
        .reduce((a, b) -> b)
        .orElseThrow()
        .body();
  }

  @Test
  void n69PreviousValues() {
    var table = value(meter.previousValues().read(Span.ALL));

    assertThat(table.period()).isEqualTo("daily");
    assertThat(table.columns())
        .contains(new StoredTable.Column("active_import_total", "Wh"))
        .hasSize(2);
    assertThat(table.rows()).hasSize(3);
    assertThat(table.rows().get(1).values().get(0).powerOff()).isTrue();
    assertThat(table.rows().get(1).values().get(1).value()).isNull();
  }

  @Test
  void n69InAllThreeForms() {
    var example = G13Server.example("abb-g13/meter/previousvalues");
    server.meter("previousvalues/2012-07-01T01:00:00/100", example);
    server.meter("previousvalues/2012-07-01T01:00:00/2012-07-07T01:00:00", example);

    assertThat(value(meter.previousValues().read(Span.from(JULY, 100))).rows()).hasSize(3);
    assertThat(value(meter.previousValues().read(Span.between(JULY, JULY.plusDays(6)))).rows())
        .hasSize(3);
  }

  @Test
  void n70And71Configuration() {
    takes("POST previousvalues/configuration");
    var configuration = value(meter.previousValues().configuration());

    assertThat(configuration.period()).isEqualTo(Period.WEEKLY);
    assertThat(configuration.quantities()).hasSize(14);
    accepted(meter.previousValues().configure(configuration).result());
    assertThat(sent())
        .isEqualTo(
            "{\"interval\":\"weekly\",\"weekday\":1,"
                + "\"pvconfig\":[1,2,3,4,5,6,7,8,9,10,11,12,53,54]}");
  }

  @Test
  void n72ClearPreviousValuesIsDeniedUnder200() {
    server.on(
        "DELETE /meters/ABB_8/previousvalues",
        any -> Response.error(200, "received READ_WRITE_DENIED response from COSEM"));

    assertThat(refusal(meter.previousValues().clear()).kind()).isEqualTo(Kind.ACCESS_DENIED);
  }

  @Test
  void n73LoadProfile() {
    server.meter(
        "loadprofiles/1/2012-07-01T01:00:00/100",
        G13Server.example("abb-g13/meter/loadprofiles_1"));
    var items = value(meter.loadProfiles().read(1, Span.from(JULY, 100))).readable();

    assertThat(items).hasSize(3);
    assertThat(items.get(0).value()).isEqualTo("1271310.000");
    assertThat(items.get(2).status()).isEqualTo(33);
  }

  @Test
  void n73LoadProfileWithUnitsAndWithoutValues() {
    server.meter(
        "loadprofiles/1",
        "{\"mapping\":[[\"active_import_total\",\"kWh\"]],\"items\":["
            + "{\"status\":\"1\",\"timestamp\":\"2012-07-01T01:00:00\",\"value\":1271.31},"
            + "{\"status\":1,\"timestamp\":\"2012-07-01T01:01:00\",\"value\":[\"5\",\"Wh\"]},"
            + "{\"status\":32,\"timestamp\":\"2012-07-01T01:02:00\",\"value\":null}]}");
    var items = value(meter.loadProfiles().read(1, Span.ALL)).readable();

    assertThat(items).extracting(LoadProfiles.Item::unit).containsExactly("kWh", "Wh", "kWh");
    assertThat(items.get(2).value()).isNull();
  }

  @Test
  void n74And75Configuration() {
    takes("POST loadprofiles/configuration");
    var configuration = value(meter.loadProfiles().configuration());

    assertThat(configuration.channels()).hasSize(7);
    assertThat(configuration.channels().get(0))
        .isEqualTo(new LoadProfileConfiguration.Channel(60, 1, 15000));
    server.meter("loadprofiles/configuration", "{\"lpconfig\":[[900,1,15000],[60,69,25000]]}");
    var wanted = value(meter.loadProfiles().configuration());
    accepted(meter.loadProfiles().configure(wanted).result());
    assertThat(sent()).isEqualTo("{\"lpconfig\":[[900,1,15000],[60,69,25000]]}");
  }

  @Test
  void n76Clear() {
    takes("DELETE loadprofiles");
    takes("DELETE loadprofiles/3");

    accepted(meter.loadProfiles().clear(3));
    accepted(meter.loadProfiles().clearAll());
  }

  @Test
  void n77Demand() {
    var table = value(meter.demand().read(Span.ALL));
    var first = table.rows().get(0).values();

    assertThat(first.get(0).value()).as("all ones is none").isNull();
    assertThat(first.get(1).value()).isEqualTo("1500");
    assertThat(first.get(1).at()).isEqualTo("2012-06-17T02:41:00");
    assertThat(first.get(2).level()).isEqualTo(3);
    assertThat(table.rows().get(1).values().get(1).value()).as("data error").isNull();
    assertThat(table.rows().get(1).values().get(2).powerOff()).isTrue();
  }

  @Test
  void n78And79Configuration() {
    takes("POST demand/configuration");
    var configuration = value(meter.demand().configuration());

    assertThat(configuration.channels())
        .containsExactly(
            new DemandConfiguration.Channel(1, new DemandConfiguration.Code(1, false, 1)),
            new DemandConfiguration.Channel(1, new DemandConfiguration.Code(1, true, 2)),
            new DemandConfiguration.Channel(1, new DemandConfiguration.Code(2, true, 3)));
    accepted(meter.demand().configure(configuration).result());
    assertThat(sent())
        .isEqualTo(
            "{\"dmc\":[[1,1],[1,6],[1,15]],\"interval\":[900,60],\"period\":\"weekly\","
                + "\"weekday\":2}");
  }

  @Test
  void n80ClearDemand() {
    takes("DELETE demand");

    accepted(meter.demand().clear());
  }

  @Test
  void n81Tariff() {
    assertThat(value(meter.tariffs().state()))
        .isEqualTo(new TariffState(1, TariffState.Source.CLOCK, 2, 1, List.of()));

    server.meter("tariff", "{\"tariff\":1,\"source\":2,\"inputconfig\":[1,2,3,4]}");
    assertThat(value(meter.tariffs().state()).inputTariffs()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void n82SetTariff() {
    takes("POST tariff");

    accepted(meter.tariffs().activate(2));
    assertThat(sent()).isEqualTo("{\"tariff\":2}");
    accepted(meter.tariffs().setSource(TariffState.Source.INPUT, List.of(1, 2, 3, 4)));
    assertThat(sent()).isEqualTo("{\"source\":2,\"inputconfig\":[1,2,3,4]}");
  }

  @Test
  void n83And84Days() {
    takes("POST tariff/dayprofiles");

    assertThat(value(meter.tariffs().days()).get(1).switches())
        .containsExactly(
            new TariffDay.Switch(2, LocalTime.of(12, 0)),
            new TariffDay.Switch(3, LocalTime.of(15, 0)));
    accepted(
        meter
            .tariffs()
            .setDay(
                new TariffDay(
                    1,
                    List.of(
                        new TariffDay.Switch(1, LocalTime.of(12, 0)),
                        new TariffDay.Switch(2, LocalTime.of(15, 0))))));
    assertThat(sent()).isEqualTo("{\"actions\":[[1,\"12:00\"],[2,\"15:00\"]],\"profile\":1}");
  }

  @Test
  void n85And86Weeks() {
    takes("POST tariff/weekprofiles");
    var weeks = value(meter.tariffs().weeks());

    assertThat(weeks.get(0)).isEqualTo(new TariffWeek("Week1", List.of(1, 4, 2, 5, 3, 6, 1)));
    accepted(meter.tariffs().setWeeks(weeks.subList(0, 1)));
    assertThat(sent())
        .isEqualTo("{\"weekprofiles\":[{\"profile\":\"Week1\",\"dayid\":[1,4,2,5,3,6,1]}]}");
  }

  @Test
  void n87And88Seasons() {
    takes("POST tariff/seasonprofiles");
    var seasons = value(meter.tariffs().seasons());

    assertThat(seasons.get(0)).isEqualTo(new TariffSeason("Winter", 10, 254, "Week1"));
    accepted(meter.tariffs().setSeasons(seasons.subList(0, 1)));
    assertThat(sent())
        .isEqualTo(
            "{\"seasonprofiles\":[{\"day\":254,\"month\":10,\"profile\":\"Winter\","
                + "\"weekprofile\":\"Week1\"}]}");
  }

  @Test
  void n89And90SpecialDays() {
    takes("POST tariff/specialdayprofiles");
    var days = value(meter.tariffs().specialDays());

    assertThat(days)
        .containsExactly(
            new TariffSpecialDay(1, 65535, 11, 254, 255, 1),
            new TariffSpecialDay(2, 2011, 255, 1, 255, 2));
    accepted(meter.tariffs().setSpecialDays(days.subList(0, 1)));
    assertThat(sent())
        .isEqualTo(
            "{\"specialdayprofiles\":[{\"date\":{\"day\":254,\"month\":11,\"week\":255,"
                + "\"year\":65535},\"dayprofile\":1,\"profile\":1}]}");
  }
}
