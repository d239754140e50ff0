package org.meterledger.driver.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.driver.g13.Outcome.failure;
import static org.meterledger.driver.g13.Outcome.value;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.meterledger.driver.Block;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.Finding;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RefusedRow;
import org.meterledger.driver.g13.G13Server.Response;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.ProfileRow;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/** Channels of equal interval are one profile; times are local, and nothing is numbered. */
@Timeout(60)
class G13LoadProfileTest {

  private static final ObisCode QUARTERS = ObisCode.of("1-0:99.1.0*255");
  private static final ObisCode MINUTES = ObisCode.of("1-0:99.1.128*255");
  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  private final G13Server server = new G13Server().examples();
  private final Map<Integer, List<Item>> channels = new HashMap<>();
  private ZoneId zone = ZoneOffset.UTC;

  @AfterEach
  void stop() {
    server.close();
  }

  private record Item(String at, int status, String value) {
    @Override
    public String toString() {
      return "{\"status\":%d,\"timestamp\":\"%s\",\"value\":%s}"
          .formatted(status, at, value == null ? "null" : '"' + value + '"');
    }
  }

  private static Item item(String at, String value) {
    return new Item(at, 1, value);
  }

  /** A channel that answers from its items as the manual says: from a time on, so many. */
  private void channel(int number, List<Item> items) {
    channels.put(number, items);
    server.on("*", request -> answer(request.path().split("/")));
  }

  private Response answer(String[] parts) {
    if (parts.length < 7) {
      return Response.error(404, "URI not found.");
    }
    var items =
        channels.getOrDefault(Integer.valueOf(parts[4]), List.of()).stream()
            .filter(item -> item.at().compareTo(parts[5]) >= 0)
            .filter(item -> !parts[6].contains("T") || item.at().compareTo(parts[6]) <= 0)
            .limit(parts[6].contains("T") ? Long.MAX_VALUE : Long.parseLong(parts[6]))
            .map(Item::toString)
            .collect(Collectors.joining(","));
    return Response.json("{\"items\":[" + items + "]}");
  }

  private void configure(String lpconfig) {
    server.meter("loadprofiles/configuration", "{\"lpconfig\":" + lpconfig + "}");
    for (int channel = 1; channel <= 8; channel++) {
      var path = "GET /meters/ABB_8/loadprofiles/" + channel + "/2000-01-01T00:00:00/500";
      server.on(path, request -> answer(request.path().split("/")));
    }
  }

  private Block<LoadProfile> read(ObisCode profile, Cursor cursor) {
    try (var session = server.session(zone)) {
      return value(session.readLoadProfile(profile, cursor));
    }
  }

  private static List<Instant> ends(Block<LoadProfile> block) {
    return block.content().rows().stream().map(ProfileRow::periodEnd).toList();
  }

  private static List<Item> quarters(String from, int count) {
    var start = LocalDateTime.parse(from);
    return IntStream.range(0, count)
        .mapToObj(i -> item(G13Gateway.text(start.plusMinutes(15L * i)), i + ".000"))
        .toList();
  }

  @Test
  void channelsOfOneIntervalAreOneProfileWithAStatusEach() {
    configure("[[900,1,100],[60,69,100],[900,69,100]]");
    channel(1, List.of(item("2012-07-01T01:00:00", "5.000"), item("2012-07-01T01:15:00", "6.5")));
    channel(3, List.of(new Item("2012-07-01T01:15:00", 0x11, "230.1")));
    var profile = read(QUARTERS, Cursor.START).content();

    assertThat(profile.capturePeriod()).isEqualTo(Duration.ofMinutes(15));
    assertThat(profile.channels())
        .containsExactly(
            new Channel(ObisCode.of("1-0:1.8.0*255"), Unit.WATT_HOUR, -3, 0),
            new Channel(ObisCode.of("0-1:96.10.1*255"), Unit.NONE, 0, 0),
            new Channel(ObisCode.of("1-0:32.7.0*255"), Unit.VOLT, -3, 0),
            new Channel(ObisCode.of("0-3:96.10.1*255"), Unit.NONE, 0, 0));
    var first = profile.rows().get(0);
    assertThat(first.values()).containsExactly(5000, 1, 0, 0);
    assertThat(first.present()).as("missing is not zero").isEqualTo(0b0011);
    assertThat(first.flags()).isZero();
    var second = profile.rows().get(1);
    assertThat(second.values()).containsExactly(6500, 1, 230100, 0x11);
    assertThat(second.flags()).isEqualTo(RowStatus.CLOCK_ADJUSTED.bit());
    assertThat(second.meterStatus()).isEqualTo(0x11);
  }

  @Test
  void exampleOfTheManual() {
    var block = read(MINUTES, Cursor.START);

    assertThat(ends(block))
        .containsExactly(
            Instant.parse("2012-07-01T01:00:00Z"),
            Instant.parse("2012-07-01T01:01:00Z"),
            Instant.parse("2012-07-01T01:02:00Z"));
    assertThat(block.content().rows().get(2).flags()).isEqualTo(RowStatus.DATA_NOT_VALID.bit());
    assertThat(block.events()).extracting(LoggedEvent::code).containsExactly(32);
    assertThat(block.more()).isFalse();
  }

  @Test
  void profileWithoutChannelsIsEmptyAndAsksForNone() {
    var block = read(ObisCode.of("1-0:99.2.0*255"), Cursor.START);

    assertThat(block.content().rows()).isEmpty();
    assertThat(server.requests()).noneMatch(request -> request.path().contains("loadprofiles/1"));
  }

  @Test
  void profileThatNoMeterHasIsUnsupported() {
    try (var session = server.session()) {
      var result = session.readLoadProfile(ObisCode.of("1-0:99.9.0*255"), Cursor.START);

      assertThat(failure(result).kind()).isEqualTo(Kind.UNSUPPORTED);
    }
  }

  @Test
  void everyStatusBitHasItsFlag() {
    configure("[[900,1,100]]");
    var statuses = List.of(0x02, 0x04, 0x08, 0x10, 0x20);
    channel(
        1,
        IntStream.range(0, 5)
            .mapToObj(i -> new Item("2012-07-01T0" + i + ":00:00", statuses.get(i), "1"))
            .toList());
    var invalid = RowStatus.DATA_NOT_VALID.bit();

    assertThat(read(QUARTERS, Cursor.START).content().rows())
        .extracting(ProfileRow::flags)
        .containsExactly(
            RowStatus.POWER_DOWN.bit(), invalid, invalid, RowStatus.CLOCK_ADJUSTED.bit(), invalid);
  }

  @Test
  void longChannelsComeBlockByBlock() {
    configure("[[900,1,5000],[900,2,5000]]");
    channel(1, quarters("2012-01-01T00:00:00", 1200));
    channel(2, quarters("2012-01-03T00:00:00", 1300));
    var rows = new ArrayList<Instant>();
    var cursor = Cursor.START;
    var blocks = 0;
    for (var more = true; more; blocks++) {
      var block = read(QUARTERS, cursor);
      rows.addAll(ends(block));
      assertThat(block.next().at()).isEqualTo(rows.get(rows.size() - 1));
      cursor = block.next();
      more = block.more();
    }

    assertThat(rows).hasSize(192 + 1300).doesNotHaveDuplicates().isSorted();
    assertThat(blocks).isGreaterThan(3);
    assertThat(read(QUARTERS, cursor).content().rows()).isEmpty();
    assertThat(read(QUARTERS, cursor).next()).isEqualTo(cursor);
  }

  @Test
  void answerNewestFirstIsReadToo() {
    configure("[[900,1,5000]]");
    var items = new ArrayList<>(quarters("2012-01-01T00:00:00", 4));
    Collections.reverse(items);
    channel(1, items);

    assertThat(ends(read(QUARTERS, Cursor.START))).hasSize(4).isSorted();
  }

  @Test
  void hourThatComesTwiceInAutumnIsTwoHours() {
    zone = ZURICH;
    configure("[[900,1,5000]]");
    channel(
        1,
        List.of(
            item("2011-10-30T02:30:00", "1"),
            item("2011-10-30T02:45:00", "2"),
            item("2011-10-30T02:00:00", "3"),
            item("2011-10-30T02:15:00", "4"),
            item("2011-10-30T02:30:00", "5"),
            item("2011-10-30T03:00:00", "6")));
    var block = read(QUARTERS, Cursor.START);

    assertThat(ends(block))
        .containsExactly(
            Instant.parse("2011-10-30T00:30:00Z"),
            Instant.parse("2011-10-30T00:45:00Z"),
            Instant.parse("2011-10-30T01:00:00Z"),
            Instant.parse("2011-10-30T01:15:00Z"),
            Instant.parse("2011-10-30T01:30:00Z"),
            Instant.parse("2011-10-30T02:00:00Z"));
    assertThat(block.findings()).isEmpty();
  }

  @Test
  void clockWithoutDaylightSavingShowsStandardTimeAllYear() {
    zone = ZURICH;
    server.meter(
        "datetime",
        "{\"datetime\":\"2012-08-05T01:11:31\",\"dstenable\":false,\"status\":\"set\"}");
    configure("[[900,1,5000]]");
    channel(1, List.of(item("2011-12-01T01:00:00", "1"), item("2012-07-01T01:00:00", "2")));

    assertThat(ends(read(QUARTERS, Cursor.START)))
        .containsExactly(
            Instant.parse("2011-12-01T00:00:00Z"), Instant.parse("2012-07-01T00:00:00Z"));
  }

  @Test
  void clockSetBackGivesRowsAgainAndIsNoticed() {
    configure("[[900,1,5000]]");
    var items = new ArrayList<>(quarters("2012-01-01T00:00:00", 8));
    channel(1, items);
    var before = read(QUARTERS, Cursor.START);
    items.add(item("2012-01-01T01:30:00", "77"));
    items.add(item("2012-01-01T01:45:00", "78"));
    items.add(item("2012-01-01T02:00:00", "79"));
    var after = read(QUARTERS, before.next());

    assertThat(ends(after))
        .containsExactly(
            Instant.parse("2012-01-01T01:30:00Z"),
            Instant.parse("2012-01-01T01:45:00Z"),
            Instant.parse("2012-01-01T02:00:00Z"));
    assertThat(after.findings())
        .extracting(Finding::kind)
        .as("of the row that is both new and a second one")
        .containsExactly(Finding.Kind.INDEX_TWICE);
    assertThat(after.content().rows())
        .extracting(ProfileRow::sequence)
        .doesNotContainAnyElementsOf(
            before.content().rows().stream().map(ProfileRow::sequence).toList());
    var all = read(QUARTERS, Cursor.START);
    assertThat(all.content().rows())
        .extracting(ProfileRow::sequence)
        .as("reading again gives the same numbers")
        .containsAll(after.content().rows().stream().map(ProfileRow::sequence).toList());
  }

  @Test
  void rowsOfAClockThatWasNeverSetAreFlagged() {
    configure("[[900,1,5000]]");
    channel(1, List.of(item("2000-01-01T00:15:00", "1")));

    assertThat(read(QUARTERS, Cursor.START).content().rows().get(0).flags())
        .isEqualTo(RowStatus.CLOCK_INVALID.bit());
  }

  @Test
  void valuesComeInTheUnitOfTheirQuantity() {
    configure("[[900,1,5000]]");
    server.meter(
        "loadprofiles/1/2000-01-01T00:00:00/500",
        "{\"mapping\":[[\"active_import_total\",\"kWh\"]],\"items\":"
            + "[{\"status\":1,\"timestamp\":\"2012-07-01T01:00:00\",\"value\":\"1.25\"}]}");

    assertThat(read(QUARTERS, Cursor.START).content().rows().get(0).values()[0]).isEqualTo(1250000);
  }

  @Test
  void quantityThatNoTableKnowsHasACodeOfTheMakersRange() {
    configure("[[900,199,5000]]");
    channel(1, List.of(item("2012-07-01T01:00:00", "1")));

    assertThat(read(QUARTERS, Cursor.START).content().channels().get(0).obis())
        .isEqualTo(ObisCode.of("1-199:0.128.199*255"));
  }

  @Test
  void moreDigitsThanAMeterHasAreRefusedAsAWhole() {
    configure("[[900,1,5000]]");
    channel(1, List.of(item("2012-07-01T01:00:00", "1.0001")));
    try (var session = server.session()) {
      assertThat(failure(session.readLoadProfile(QUARTERS, Cursor.START)).kind())
          .isEqualTo(Kind.INVALID_DATA);
    }
  }

  @Test
  void anItemThatCannotBeReadKeepsNoOtherFromTheArchive() {
    configure("[[900,1,5000],[900,2,5000]]");
    channel(
        1,
        List.of(
            item("2012-07-01T01:00:00", "1"),
            item("2012-07-01T01:15:00", "1,5"),
            item("2012-13-01T01:30:00", "2"),
            item("2012-07-01T01:45:00", "3")));
    channel(2, quarters("2012-07-01T01:00:00", 4));
    var block = read(QUARTERS, Cursor.START);

    assertThat(block.content().rows()).hasSize(4);
    assertThat(block.content().rows())
        .extracting(row -> row.present() & 1)
        .containsExactly(1L, 0L, 0L, 1L);
    assertThat(block.more()).isFalse();
    assertThat(block.refused())
        .extracting(RefusedRow::reason)
        .containsExactly("unreadable", "unreadable");
    assertThat(block.refused().get(0).raw()).contains("channel 1", "1,5");
    assertThat(block.refused().get(1).raw()).contains("2012-13-01T01:30:00");
  }

  @Test
  void itemsOfWhichNoneCanBeReadAreNonsense() {
    configure("[[900,1,5000]]");
    channel(1, List.of(item("2012-07-01T01:00:00", "one"), item("2012-07-01T01:15:00", "two")));
    try (var session = server.session()) {
      assertThat(failure(session.readLoadProfile(QUARTERS, Cursor.START)).kind())
          .isEqualTo(Kind.INVALID_DATA);
    }
  }

  @Test
  void cutChannelKeepsTheRowsThatAllChannelsHave() {
    configure("[[900,1,5000],[900,2,5000]]");
    channel(2, quarters("2012-01-01T00:00:00", 8));
    var items =
        quarters("2012-01-01T00:00:00", 8).stream()
            .map(Item::toString)
            .collect(Collectors.joining(","));
    var cut = ("{\"items\":[" + items).substring(0, 200);
    server.on(
        "GET /meters/ABB_8/loadprofiles/1/2000-01-01T00:00:00/500",
        any -> new Response(200, "application/json", cut, 0, false));
    try (var session = server.session()) {
      var result = session.readLoadProfile(QUARTERS, Cursor.START);

      assertThat(result).isInstanceOf(ReadResult.Partial.class);
      var block = Results.value(result);
      assertThat(block.content().rows()).hasSize(3);
      assertThat(block.more()).isFalse();
      assertThat(block.next().at()).isEqualTo("2012-01-01T00:30:00Z");
    }
  }

  @Test
  void channelThatNeverComesLeavesTheOthers() {
    configure("[[900,1,4000],[900,2,4000],[0,0,0],[0,0,0],[0,0,0],[0,0,0],[0,0,0],[0,0,0]]");
    channel(1, List.of(item("2012-08-01T00:15:00", "1.5"), item("2012-08-01T00:30:00", "2.5")));
    server.on(
        "GET /meters/ABB_8/loadprofiles/2/2000-01-01T00:00:00/500",
        any -> Response.error(500, "received invalid response from COSEM."));
    try (var session = server.session(zone)) {
      var result = session.readLoadProfile(QUARTERS, Cursor.START);

      assertThat(result).isInstanceOf(ReadResult.Partial.class);
      assertThat(Results.fault(result).kind()).isEqualTo(Kind.UNSUPPORTED);
      var block = Results.value(result);
      assertThat(ends(block)).hasSize(2);
      assertThat(block.content().channels()).hasSize(4);
      assertThat(block.content().rows()).extracting(ProfileRow::present).containsOnly(0b11L);
    }
  }

  @Test
  void meterThatGoesAwayBetweenItsChannelsLosesNoValue() {
    configure("[[900,1,4000],[900,2,4000],[0,0,0],[0,0,0],[0,0,0],[0,0,0],[0,0,0],[0,0,0]]");
    channel(1, List.of(item("2012-08-01T00:15:00", "1.5")));
    server.on(
        "GET /meters/ABB_8/loadprofiles/2/2000-01-01T00:00:00/500",
        any -> {
          server.on("GET /meters/ABB_8/loadprofiles/configuration", gone -> broken());
          return broken();
        });
    try (var session = server.session(zone)) {
      assertThat(failure(session.readLoadProfile(QUARTERS, Cursor.START)).kind())
          .isEqualTo(Kind.PROTOCOL);
    }
  }

  private static Response broken() {
    return Response.error(500, "received invalid response from COSEM.");
  }
}
