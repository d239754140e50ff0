package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The limits of the manual: what just keeps them passes, what breaks them is told by its rule. */
@Timeout(60)
@TestInstance(Lifecycle.PER_CLASS)
class G13LimitTest {

  private final G13Server server = new G13Server();
  private final G13Gateway gateway = server.gateway();
  private final G13Meter meter = gateway.meter("ABB_8");

  @BeforeAll
  void takeAll() {
    server.on("*", any -> G13Server.Response.json("{\"status\":\"success\"}"));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @AfterEach
  void forget() {
    server.requests().clear();
  }

  private static List<String> serials(int count) {
    return IntStream.range(0, count).mapToObj("ABB00000000000%03d"::formatted).toList();
  }

  private static LoadProfileConfiguration.Channel channel(int interval, int items) {
    return new LoadProfileConfiguration.Channel(interval, 1, items);
  }

  private static ThrowingCallable profile(LoadProfileConfiguration.Channel... channels) {
    return () -> new LoadProfileConfiguration(List.of(channels)).checked();
  }

  private static ThrowingCallable scan(int eq, int wired) {
    return () ->
        new ScanRequest(
            ScanRequest.Range.of(1, eq),
            new ScanRequest.MBus(2400, ScanRequest.Range.of(1, wired)),
            null);
  }

  private static DemandConfiguration demand(int channels, int interval, int sub) {
    var channel = new DemandConfiguration.Channel(104, new DemandConfiguration.Code(2, true, 3));
    return new DemandConfiguration(
        Collections.nCopies(channels, channel), interval, sub, Period.DAILY, 0);
  }

  private static TariffDay day(int id, int switches) {
    return new TariffDay(
        id,
        IntStream.range(0, switches)
            .mapToObj(i -> new TariffDay.Switch(1, LocalTime.of(i / 2, i % 2 * 30)))
            .toList());
  }

  private static MBusTimeouts mBus(
      int ack, int after, int before, int contact, int time, int base) {
    return new MBusTimeouts(ack, after, before, 0, contact, time, base);
  }

  Stream<Arguments> kept() {
    var now = LocalDateTime.parse("2012-07-01T01:00:00");
    return Stream.of(
        ok("serial of 17", () -> gateway.meter("A".repeat(17))),
        ok("user of letters and digits", () -> gateway.users().add("abc123", "k")),
        ok("alias of 21", () -> new Naming("A", "x".repeat(21), "y".repeat(51)).checked()),
        ok("10 meters", () -> gateway.firmware().updateMeters(serials(10))),
        ok("9 meters", () -> gateway.firmware().updateMeters(serials(9))),
        ok("15 scanned", () -> gateway.scan().delete(serials(15))),
        ok("25 permitted", () -> gateway.registration().permit(serials(25))),
        ok("32 addresses", scan(16, 16)),
        ok("10 listed", () -> ScanRequest.Range.of(Collections.nCopies(10, 1))),
        ok("baud rate", () -> new EqBusSettings(1200, 20).checked()),
        ok("longest time-out", () -> new EqBusSettings(500000, 6000).checked()),
        ok("least M-Bus", () -> mBus(200, 50, 50, 10, 300, 100).checked()),
        ok("most M-Bus", () -> mBus(2000, 60000, 1000, 25000, 15000, 10000).checked()),
        ok("events", () -> meter.events(now, 100)),
        ok("one event", () -> meter.events(now, 1)),
        ok("alarm 25", () -> new Alarms.Alarm(25, 1, 0, 0, 0, 0, false, 4).checked()),
        ok("alarm 1", () -> new Alarms.Alarm(1, 1, 0, 0, 0, 0, false, 1).checked()),
        ok("40000 items", profile(channel(60, 20000), channel(86400, 20000))),
        ok("39999 items", profile(channel(900, 39999))),
        ok("8 channels", profile(nCopies(8, channel(60, 5000)))),
        ok("50 demand channels", () -> demand(50, 900, 60).checked()),
        ok("demand 1 h", () -> demand(1, 3600, 3600).checked()),
        ok("500 entries", () -> Span.from(now, 500)),
        ok("23 quantities", () -> previous(23, Period.WEEKLY, 7)),
        ok("day 16", () -> day(16, 30).checked()),
        ok("day 1", () -> day(1, 1).checked()),
        ok("4 weeks", () -> meter.tariffs().setWeeks(Collections.nCopies(4, week("W")))),
        ok("week name of 30", () -> week("W".repeat(30)).checked()),
        ok("last day", () -> new TariffSeason("S", 10, 254, "W").checked()),
        ok("4 ports", () -> meter.ports().configure(Collections.nCopies(4, Ports.Use.INPUT))),
        ok("pulse off", () -> pulse(255).checked()),
        ok("CO2", () -> meter.setConversionFactors(new BigDecimal("9.998"), null)),
        ok("currency", () -> meter.setConversionFactors(null, new BigDecimal("999998.999"))));
  }

  private static LoadProfileConfiguration.Channel[] nCopies(
      int count, LoadProfileConfiguration.Channel channel) {
    return Collections.nCopies(count, channel).toArray(new LoadProfileConfiguration.Channel[0]);
  }

  private static PreviousValuesConfiguration previous(int quantities, Period period, int weekday) {
    return new PreviousValuesConfiguration(period, weekday, Collections.nCopies(quantities, 1))
        .checked();
  }

  private static TariffWeek week(String name) {
    return new TariffWeek(name, List.of(1, 1, 1, 1, 1, 2, 2));
  }

  private static Ports.Pulse pulse(int port) {
    return new Ports.Pulse(1, port, 100, 100, Ports.PulseEnergy.ACTIVE_IMPORT);
  }

  private static Arguments ok(String what, ThrowingCallable call) {
    return Arguments.of(what, call);
  }

  private static Arguments no(String sentence, ThrowingCallable call) {
    return Arguments.of(sentence, call);
  }

  Stream<Arguments> broken() {
    var now = LocalDateTime.parse("2012-07-01T01:00:00");
    return Stream.of(
        no("A serial number has 1 to 17", () -> gateway.meter("A".repeat(18))),
        no("A serial number has 1 to 17", () -> gateway.meter("../users")),
        no("only lower-case letters", () -> gateway.users().add("Admin", "k")),
        no("only lower-case letters", () -> gateway.users().bindings("a?b=c")),
        no("An alias has 1 to 21", () -> new Naming("A", "x".repeat(22), "y").checked()),
        no("A location has 1 to 51", () -> new Naming("A", "x", "y".repeat(52)).checked()),
        no("1 to 10 meters", () -> gateway.firmware().updateMeters(serials(11))),
        no("1 to 10 meters", () -> gateway.firmware().updateMeters(List.of())),
        no("1 to 15 meters", () -> gateway.scan().delete(serials(16))),
        no("At most 25 wireless", () -> gateway.registration().permit(serials(26))),
        no("32 addresses at most, not 33", scan(17, 16)),
        no("at most 10 addresses", () -> ScanRequest.Range.of(Collections.nCopies(11, 1))),
        no("at least one bus", () -> new ScanRequest(null, null, null)),
        no("one of the baud rates", () -> new EqBusSettings(1201, 20).checked()),
        no("from 20 to 6000, not 19", () -> new EqBusSettings(1200, 19).checked()),
        no("from 20 to 6000, not 6001", () -> new EqBusSettings(1200, 6001).checked()),
        no("200 to 2000, not 199", () -> mBus(199, 50, 50, 10, 300, 100).checked()),
        no("50 to 60000, not 60001", () -> mBus(200, 60001, 50, 10, 300, 100).checked()),
        no("50 to 1000, not 49", () -> mBus(200, 50, 49, 10, 300, 100).checked()),
        no("10 to 25000, not 0", () -> mBus(200, 50, 50, 0, 300, 100).checked()),
        no("300 to 15000, not 299", () -> mBus(200, 50, 50, 10, 299, 100).checked()),
        no("100 to 10000, not 10001", () -> mBus(200, 50, 50, 10, 300, 10001).checked()),
        no(
            "name servers cannot be automatic",
            () ->
                new IpSettings(false, true, "1.1.1.1", "1.1.1.1", "1.1.1.1", "1.1.1.1", "1.1.1.1")
                    .checked()),
        no(
            "four numbers from 0 to 255",
            () ->
                new IpSettings(true, true, "1.1.1.256", "1.1.1.1", "1.1.1.1", "1.1.1.1", "1.1.1.1")
                    .checked()),
        no("1 to 100, not 101", () -> meter.events(now, 101)),
        no("1 to 100, not 0", () -> meter.events(now, 0)),
        no("1 to 25, not 26", () -> new Alarms.Alarm(26, 1, 0, 0, 0, 0, false, 1).checked()),
        no("1 to 4, not 0", () -> new Alarms.Alarm(1, 1, 0, 0, 0, 0, false, 0).checked()),
        no("1 to 4, not 5", () -> new Alarms.Alarm(1, 1, 0, 0, 0, 0, false, 5).checked()),
        no("at most 40000 items, not 40001", profile(channel(60, 20000), channel(60, 20001))),
        no("An interval of 450 s is none of", profile(channel(450, 1))),
        no("8 load profile channels", profile(nCopies(9, channel(60, 1)))),
        no("at most 50 demand channels, not 51", () -> demand(51, 900, 60).checked()),
        no("A demand interval of 7200 s", () -> demand(1, 7200, 60).checked()),
        no("A subinterval of 420 s", () -> demand(1, 900, 420).checked()),
        no("A subinterval of 30 s", () -> demand(1, 900, 30).checked()),
        no("1 to 500, not 501", () -> Span.from(now, 501)),
        no("at most 23 quantities", () -> previous(24, Period.DAILY, 0)),
        no("The weekday is from 1 to 7", () -> previous(1, Period.WEEKLY, 0)),
        no("1 to 16, not 17", () -> day(17, 1).checked()),
        no("1 to 16, not 0", () -> day(0, 1).checked()),
        no("1 to 30 switch points", () -> day(1, 31).checked()),
        no("1 to 4 week", () -> meter.tariffs().setWeeks(Collections.nCopies(5, week("W")))),
        no("1 to 30 characters", () -> week("W".repeat(31)).checked()),
        no("A day of a month is", () -> new TariffSeason("S", 10, 32, "W").checked()),
        no("A month is 1 to 12", () -> new TariffSeason("S", 13, 1, "W").checked()),
        no("A year is 2000 to 2099", () -> new TariffSpecialDay(1, 1999, 1, 1, 255, 1).checked()),
        no(
            "one to four ports",
            () -> meter.ports().configure(Collections.nCopies(5, Ports.Use.INPUT))),
        no("1 to 4, or 255", () -> pulse(5).checked()),
        no("1 to 4, not 5", () -> Ports.Change.output(5, true)),
        no("1 to 4, not 5", () -> meter.tariffs().activate(5)),
        no(
            "only where the source is the inputs",
            () -> meter.tariffs().setSource(TariffState.Source.CLOCK, List.of(1))),
        no(
            "from 0 to below 9.999",
            () -> meter.setConversionFactors(new BigDecimal("9.999"), null)),
        no(
            "from 0 to below 999999",
            () -> meter.setConversionFactors(null, new BigDecimal("999999"))),
        no("At least one register", () -> meter.energy().reset(Set.of())),
        no("1 to 8, not 9", () -> meter.loadProfiles().read(9, Span.ALL)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void kept(String what, ThrowingCallable call) {
    assertThatCode(call).doesNotThrowAnyException();
    assertThat(server.requests())
        .allSatisfy(request -> assertThat(request.body().length()).isLessThanOrEqualTo(512));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void broken(String sentence, ThrowingCallable call) {
    assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(sentence);
    assertThat(server.requests()).isEmpty();
  }
}
