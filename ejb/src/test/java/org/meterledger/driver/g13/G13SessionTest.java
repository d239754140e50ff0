package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.accepted;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.refusal;
import static org.meterledger.driver.g13.Outcome.value;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.ClockTarget;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.g13.G13Server.Response;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/** Previous values, demand, events, clock and settings of a meter, and of the gateway. */
@Timeout(60)
class G13SessionTest {

  private static final ObisCode SYSTEM = ObisCode.of("0-0:99.98.0*255");
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  private final G13Server server = new G13Server().examples();
  private final G13MeterSession session = server.session();

  @AfterEach
  void stop() {
    session.close();
    server.close();
  }

  private MeterSession gatewaySession() {
    return G13Server.driver().open(G13Server.GATEWAY, server.endpoint());
  }

  @Test
  void meterIsKnownByTheNumberThatTheGatewayKnowsItBy() {
    assertThat(value(session.identify()))
        .isEqualTo(
            new MeterSession.Identification("ABB_8", "ABB", "A44 514-100", "A0.0.0.0", null));
  }

  @Test
  void meterModelAtAGatewayWithoutAMeterReadsNothing() {
    try (var lost = G13Server.driver().open(G13Server.METER, server.endpoint())) {
      var fault = failure(lost.identify());

      assertThat(fault.kind()).isEqualTo(Kind.INVALID_DATA);
      assertThat(fault.detail()).contains("which of its meters is meant");
    }
  }

  @Test
  void previousValuesAreSnapshotsNewestFirst() {
    var snapshots = value(session.readBilling(10));

    assertThat(snapshots).extracting("periodsBack").containsExactly(1, 2, 3);
    assertThat(snapshots.get(0).closedAt()).isEqualTo("2012-07-23T00:00:00Z");
    assertThat(snapshots.get(0).values())
        .extracting(each -> each.obis() + " = " + each.quantity())
        .containsExactly("1-0:1.8.0*255 = 1271310.000 Wh", "1-0:2.8.0*255 = 0.000 Wh");
    assertThat(snapshots.get(1).values()).as("of the other one: data error").hasSize(1);
    assertThat(snapshots.get(1).flags()).isEqualTo(RowStatus.POWER_DOWN.bit());
    assertThat(snapshots.get(2).values()).as("nothing available").isEmpty();
    assertThat(value(session.readBilling(1))).hasSize(1);
  }

  @Test
  void demandTellsKindLevelAndTime() {
    var snapshots = value(session.readDemand(10));

    assertThat(snapshots).hasSize(2);
    assertThat(snapshots.get(0).values())
        .extracting(each -> each.obis() + " = " + each.quantity() + " at " + each.occurredAt())
        .containsExactly(
            "1-0:1.6.129*255 = 1500 W at 2012-06-17T02:41:00Z",
            "1-0:1.16.130*255 = 1200 W at 2012-06-17T02:42:00Z");
    assertThat(snapshots.get(1).values())
        .extracting(each -> each.obis() + " = " + each.quantity())
        .containsExactly("1-0:1.3.0*255 = 10 W", "1-0:1.16.130*255 = 900 W");
    assertThat(snapshots.get(1).flags()).isEqualTo(RowStatus.POWER_DOWN.bit());
  }

  @Test
  void demandThatDoesNotMatchItsConfigurationIsNotGuessed() {
    server.meter(
        "demand/configuration", "{\"dmc\":[[1,1]],\"interval\":[900,60],\"period\":\"daily\"}");

    assertThat(failure(session.readDemand(10)).kind()).isEqualTo(Kind.INVALID_DATA);
  }

  @Test
  void storedValuesWithoutTheirColumnsAreRefused() {
    server.meter(
        "previousvalues",
        "{\"mapping\":[[\"active_import_total\",\"Wh\"]],\"items\":"
            + "[{\"values\":[[1,\"1\"],[1,\"2\"]],\"time\":\"2012-07-23T00:00:00\"}]}");

    assertThat(failure(session.readBilling(1)).detail()).contains("another width");
  }

  @Test
  void eventsOfTheExampleOldestFirst() {
    var block = value(session.readLogbook(SYSTEM, Cursor.START));

    assertThat(block.content()).extracting(LoggedEvent::code).containsExactly(1003, 1001);
    assertThat(block.content().get(0).at()).isEqualTo("2011-12-18T10:12:00Z");
    assertThat(block.content().get(0).detail())
        .containsEntry("category", "2")
        .containsEntry("duration", "0 s");
    assertThat(value(session.readLogbook(SYSTEM, block.next())).content()).isEmpty();
    assertThat(value(session.readLogbook(ObisCode.of("0-0:99.98.3*255"), Cursor.START)).content())
        .as("a log that the answer does not hold")
        .isEmpty();
  }

  private record Event(LocalDateTime at, int code) {
    @Override
    public String toString() {
      return "{\"datetime\":\"%s\",\"duration\":0,\"category\":2,\"logid\":%d}"
          .formatted(G13Gateway.text(at), code);
    }
  }

  /** Answers as the manual says: the newest before a time, at most a hundred. */
  private void logs(List<Event> system) {
    server.on(
        "*",
        request -> {
          var parts = request.path().split("/");
          if (parts.length < 6 || !parts[3].equals("events")) {
            return Response.error(404, "URI not found.");
          }
          var until = LocalDateTime.parse(parts[4]);
          var newest = new ArrayList<>(system);
          Collections.reverse(newest);
          var some =
              newest.stream()
                  .filter(event -> !event.at().isAfter(until))
                  .limit(Integer.parseInt(parts[5]))
                  .map(Event::toString)
                  .collect(Collectors.joining(","));
          return Response.json("{\"system\":[" + some + "],\"quality\":[]}");
        });
    server.on(
        "GET /meters/ABB_8/events/2012-08-06T01:11:31/100",
        request -> Response.json("{\"system\":[],\"quality\":[]}"));
    server.meter(
        "datetime",
        "{\"datetime\":\"2012-09-05T01:11:31\",\"dstenable\":false,\"status\":\"set\"}");
  }

  @Test
  void longLogIsReadPageByPageWithNothingTwice() {
    var events = new ArrayList<Event>();
    var start = LocalDateTime.parse("2012-08-01T00:00:00");
    for (int i = 0; i < 250; i++) {
      events.add(new Event(start.plusMinutes(i / 3), i)); // three in each second that counts
    }
    logs(events);
    var block = value(session.readLogbook(SYSTEM, Cursor.START));

    assertThat(block.content())
        .extracting(LoggedEvent::code)
        .containsExactlyElementsOf(events.stream().map(Event::code).toList());
    assertThat(block.content()).extracting(LoggedEvent::sequence).doesNotHaveDuplicates();
    assertThat(block.findings()).isEmpty();

    events.add(new Event(start.plusMinutes(500), 7));
    server.requests().clear();
    try (var next = server.session()) {
      assertThat(value(next.readLogbook(SYSTEM, block.next())).content())
          .extracting(LoggedEvent::code)
          .containsExactly(7);
      assertThat(server.requests()).as("clock and newest page").hasSize(2);
      next.logbooks().forEach(logbook -> value(next.readLogbook(logbook, block.next())));
      assertThat(server.requests()).as("that page holds all logs").hasSize(2);
    }
  }

  @Test
  void pageThatIsOneSecondDoesNotHoldTheReadingUp() {
    var at = LocalDateTime.parse("2012-08-01T00:00:00");
    var events = new ArrayList<Event>();
    events.add(new Event(at.minusSeconds(1), 1));
    for (int i = 0; i < 150; i++) {
      events.add(new Event(at, 2));
    }
    logs(events);

    assertThat(value(session.readLogbook(SYSTEM, Cursor.START)).content())
        .extracting(LoggedEvent::code)
        .contains(1, 2);
  }

  @Test
  void clockWithDaylightSaving() {
    try (var zurich = server.session(ZURICH)) {
      assertThat(value(zurich.readClock())).isEqualTo("2012-08-04T23:11:31Z");
    }
  }

  @Test
  void clockSaysWhichOfTheTwoHoursInAutumnItIs() {
    try (var zurich = server.session(ZURICH)) {
      var text = G13Server.example("abb-g13/meter/datetime");
      server.meter("datetime", text.replace("2012-08-05T01:11:31", "2012-10-28T02:30:00"));
      assertThat(value(zurich.readClock())).isEqualTo("2012-10-28T00:30:00Z");

      server.meter(
          "datetime",
          text.replace("2012-08-05T01:11:31", "2012-10-28T02:30:00")
              .replace("\"dst\":1", "\"dst\":0"));
      assertThat(value(zurich.readClock())).isEqualTo("2012-10-28T01:30:00Z");
    }
  }

  @Test
  void clockThatIsNotSetTellsNoTime() {
    server.meter("datetime", "{\"datetime\":\"2000-01-01T00:00:10\",\"status\":\"not set\"}");

    assertThat(failure(session.readClock()).kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(value(session.readRegisters()).meterTime()).isNull();
  }

  private void settableClock(String path, String more) {
    var time = new AtomicReference<>("2012-08-05T01:11:31");
    server.on(
        "GET " + path,
        any ->
            Response.json("{\"datetime\":\"" + time.get() + "\"," + more + "\"status\":\"set\"}"));
    server.on(
        "POST " + path,
        request -> {
          time.set(request.body().replaceAll(".*\"datetime\":\"([^\"]+)\".*", "$1"));
          return Response.json("{\"status\":\"success\"}");
        });
  }

  @Test
  void clockIsShiftedAndReadBack() {
    settableClock("/meters/ABB_8/datetime", "\"dst\":0,");

    accepted(session.shiftClock(Duration.ofSeconds(-31)));
    assertThat(value(session.readClock())).isEqualTo("2012-08-05T01:11:00Z");
  }

  @Test
  void clockThatDoesNotMoveIsARefusal() {
    server.on("POST /meters/ABB_8/datetime", "{\"status\":\"success\"}");

    assertThat(refusal(session.shiftClock(Duration.ofMinutes(5))).detail())
        .contains("holds other values");
  }

  @Test
  void settingsOfAllResources() {
    var settings = value(session.readSettings());

    assertThat(settings)
        .containsEntry("label", "A44 514-100")
        .containsEntry("ct", "1/1")
        .containsEntry("co2", "1.123 kg/kWh")
        .containsEntry("hardwareversion8", "ABCDEFGHIJKLMNOP_7")
        .containsEntry("role", "View Only")
        .containsEntry("dststart", "month 6, day 1, week 1, hour 2")
        .containsEntry("io1", "PULSE_OUT")
        .containsEntry("pulse1", "port 0, 100 ms, 10000 imp, ACTIVE_IMPORT")
        .containsEntry("loadprofile1", "quantity 1 each 60 s, 15000 items")
        .containsEntry("demand interval", "900 s, 60 s")
        .containsEntry("tariff source", "CLOCK")
        .containsEntry("dayprofile1", "0: 00:00 1, 12:00 2")
        .containsEntry("weekprofile1", "Week1: [1, 4, 2, 5, 3, 6, 1]")
        .containsEntry("season1", "Winter: month 10, day 254, Week1")
        .doesNotContainKey("alarm20");
  }

  private static Response broken() {
    return Response.error(500, "received invalid response from COSEM.");
  }

  @Test
  void resourceThatNeverComesThoughItIsGrantedIsToldAndKeepsNothingBack() {
    server.on("GET /meters/ABB_8/tariff", any -> broken());
    var settings = session.readSettings();

    assertThat(settings).isInstanceOf(ReadResult.Partial.class);
    assertThat(Results.fault(settings).kind()).isEqualTo(Kind.UNSUPPORTED);
    assertThat(Results.fault(settings).detail()).contains("/ABB_8/tariff", "asked twice");
    assertThat(Results.fault(settings).answer()).contains("invalid response");
    assertThat(Results.value(settings)).containsKey("label").doesNotContainKey("tariff source");
    var registers = session.readRegisters();
    assertThat(registers).isInstanceOf(ReadResult.Partial.class);
    assertThat(Results.fault(registers).kind()).isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void loadProfilesThatNeverComeThoughTheyAreGrantedAreNotThere() {
    server.on("GET /meters/ABB_8/loadprofiles/configuration", any -> broken());
    var profile = session.loadProfiles().iterator().next();

    assertThat(failure(session.readLoadProfile(profile, Cursor.START)).kind())
        .isEqualTo(Kind.UNSUPPORTED);
    server.on("GET /meters/ABB_8/datetime", any -> broken());
    try (var other = server.session()) {
      assertThat(failure(other.readLoadProfile(profile, Cursor.START)).kind())
          .isEqualTo(Kind.PROTOCOL);
    }
  }

  @Test
  void resourceThatComesTheSecondTimeIsComplete() {
    var asked = new AtomicInteger();
    var tariff = G13Server.example("abb-g13/meter/tariff");
    server.on(
        "GET /meters/ABB_8/tariff",
        any -> asked.incrementAndGet() == 1 ? broken() : Response.json(tariff));

    assertThat(value(session.readSettings())).containsKey("tariff source");
  }

  @Test
  void meterThatStopsAnsweringMeanwhileIsAskedLater() {
    var asked = new AtomicInteger();
    var time = G13Server.example("abb-g13/meter/datetime");
    server.on("GET /meters/ABB_8/tariff", any -> broken());
    server.on(
        "GET /meters/ABB_8/datetime",
        any -> asked.incrementAndGet() == 1 ? Response.json(time) : broken());

    assertThat(Results.fault(session.readSettings()).kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void nonsenseTwiceIsNoReasonToGiveUp() {
    server.on("GET /meters/ABB_8/tariff", "nonsense");

    assertThat(Results.fault(session.readSettings()).kind()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void whatAMeterHasNoRightToItDoesNotHave() {
    server.on(
        "GET /meters/ABB_8/demand/configuration",
        any -> Response.error(500, "received invalid response from COSEM."));
    server.on("GET /parametermapping", "{\"2\":\"DEMAND\"}");
    assertThat(failure(session.readDemand(1)).kind()).isEqualTo(Kind.PROTOCOL);
    session.close();

    server.meter("associationobjects", "{\"associationobjects\":\"10\",\"role\":\"\"}");
    assertThat(failure(session.readDemand(1)).kind()).isEqualTo(Kind.UNSUPPORTED);
  }

  @Test
  void gatewayItself() {
    try (var gateway = gatewaySession()) {
      assertThat(value(gateway.identify()).serialNumber()).isEqualTo("1234");
      assertThat(value(gateway.as(ClockSource.class).orElseThrow().readClock()))
          .isEqualTo("2012-05-09T16:30:52Z");
      assertThat(value(gateway.as(SettingsSource.class).orElseThrow().readSettings()))
          .containsEntry("ip", "192.168.1.12")
          .containsEntry("mbus_wired response_timeout_base", "800")
          .containsEntry("alias", "Gateway");
    }
  }

  @Test
  void gatewayClockIsShifted() {
    settableClock("/gateway/datetime", "");
    try (var gateway = gatewaySession()) {
      accepted(gateway.as(ClockTarget.class).orElseThrow().shiftClock(Duration.ofMinutes(2)));
      assertThat(value(gateway.as(ClockSource.class).orElseThrow().readClock()))
          .isEqualTo("2012-08-05T01:13:31Z");
    }
  }

  @Test
  void gatewayEventsAreNumbered() {
    try (var gateway = gatewaySession()) {
      var log = gateway.as(EventLogSource.class).orElseThrow();
      var block = value(log.readLogbook(SYSTEM, Cursor.START));

      assertThat(block.content())
          .extracting(LoggedEvent::sequence)
          .containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
      assertThat(value(log.readLogbook(SYSTEM, block.next())).content()).isEmpty();

      server.on(
          "GET /gateway/events",
          "{\"events\":[{\"category\":4,\"index\":1,\"id\":12,"
              + "\"timestamp\":\"2012-06-01T00:00:00\",\"type\":2}]}");
      var cleared = value(log.readLogbook(SYSTEM, block.next()));
      assertThat(cleared.content()).extracting(LoggedEvent::code).containsExactly(12);
      assertThat(cleared.findings())
          .extracting(Finding::kind)
          .containsExactly(Finding.Kind.INDEX_RESTARTED);
      assertThat(cleared.next().epoch()).isEqualTo(1);
    }
  }

  @Test
  void unitsOfTheWireBecomeThoseOfTheField() {
    assertThat(Units.in(Unit.WATT_HOUR, new Measured(new BigDecimal("1.5"), "MWh")))
        .isEqualTo("1500000");
  }
}
