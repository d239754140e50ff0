package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.value;

import java.time.Instant;
import java.time.Period;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.metering.BillingSnapshot;
import org.meterledger.metering.RowStatus;

/** What is asked of a meter for the ends of its periods, and how long these are. */
@Timeout(60)
class G13ClosedPeriodsTest {

  private static final String SINCE = "previousvalues/2012-07-01T00:00:00/2099-12-31T23:59:59";
  private static final String UNSET = "previousvalues/2000-01-01T00:00:00/2010-01-01T00:00:00";
  private static final Instant JULY = Instant.parse("2012-07-01T00:00:00Z");

  private final G13Server server = new G13Server().examples();
  private final G13MeterSession session = server.session();

  @AfterEach
  void stop() {
    session.close();
    server.close();
  }

  private static String table(String column, String interval, String... ends) {
    return Stream.of(ends)
        .map(end -> "{\"values\":[[1,\"7\"]],\"time\":\"" + end + "\"}")
        .collect(
            Collectors.joining(
                ",",
                "{\"mapping\":[[\""
                    + column
                    + "\",\"Wh\"]],\"interval\":\""
                    + interval
                    + "\",\"items\":[",
                "]}"));
  }

  private static String imports(String interval, String... ends) {
    return table("active_import_total", interval, ends);
  }

  @Test
  void onlyWhatIsNewIsAskedForAndWhatWasClosedWithoutATime() {
    server.meter(SINCE, imports("daily", "2012-07-02T00:00:00", "2012-07-01T00:00:00"));
    server.meter(UNSET, imports("daily", "2000-01-02T00:00:00"));

    var snapshots = value(session.readBilling(JULY, 100));

    assertThat(snapshots)
        .extracting(each -> each.closedAt() + " " + RowStatus.of(each.flags()))
        .containsExactly(
            "2012-07-02T00:00:00Z []",
            "2012-07-01T00:00:00Z []",
            "2000-01-02T00:00:00Z [CLOCK_INVALID]");
    assertThat(server.requests())
        .extracting(G13Server.Request::path)
        .doesNotContain("/meters/ABB_8/previousvalues");
  }

  @Test
  void whatIsSetOtherwiseMeanwhileIsAskedForAgainLater() {
    server.meter(SINCE, imports("daily", "2012-07-02T00:00:00"));
    server.meter(UNSET, table("active_export_total", "daily"));

    assertThat(failure(session.readBilling(JULY, 100)).kind()).isEqualTo(Kind.BUSY);
  }

  @Test
  void anEndThatCameTwiceCountsOnce() {
    server.meter(
        "previousvalues",
        imports(
            "daily",
            "2012-07-03T00:00:00",
            "2012-07-02T00:00:00",
            "2012-07-02T00:00:00",
            "2012-07-01T00:00:00"));

    assertThat(value(session.readBilling(2)))
        .extracting(BillingSnapshot::periodsBack)
        .containsExactly(1, 2, 2);
  }

  @ParameterizedTest
  @CsvSource({"daily, P1D", "Weekly, P7D", "monthly, P1M", "yearly,", "'',"})
  void aPeriodIsAsLongAsTheMeterSays(String interval, Period expected) {
    server.meter("previousvalues", imports(interval, "2012-07-01T00:00:00"));

    assertThat(value(session.readBilling(1)).get(0).period()).isEqualTo(expected);
  }

  @Test
  void demandHasThePeriodOfItsConfiguration() {
    var period = value(session.readDemand(1)).get(0).period();

    assertThat(period).isNotNull();
    assertThat(period).isEqualTo(value(server.meter().demand().configuration()).period().length());
  }
}
