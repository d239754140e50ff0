package org.meterledger.driver.emu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterledger.driver.Block;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.http.Answer;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.RegisterValue;
import org.meterledger.metering.RowStatus;
import org.meterledger.metering.Unit;

/** The examples of the manual, read by the whole driver, give the values that the manual means. */
class GoldenValuesTest {

  private static final Instant NOW = Instant.parse("2023-06-15T00:00:00Z");

  private static EmuSession session() {
    return new EmuSession(
        Clock.fixed(NOW, ZoneOffset.UTC),
        Documents.TABLES,
        new EmuDriver(Clock.systemUTC()).capabilities(Documents.MODEL),
        "http://meter",
        (path, largest) -> answer(path));
  }

  private static Answer answer(String path) {
    if (path.endsWith(".json")) {
      return Documents.whole(Documents.example(path.substring(1)));
    }
    return Documents.whole(
        Documents.example(path.startsWith("/data/") ? "data.csv" : "logbook.csv"));
  }

  private static <T> T value(ReadResult<T> result) {
    assertThat(result).isInstanceOf(ReadResult.Complete.class);
    return ((ReadResult.Complete<T>) result).value();
  }

  static List<CSVRecord> golden() throws IOException {
    var format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setCommentMarker('#')
            .get();
    return format.parse(new StringReader(Documents.example("values.csv"))).getRecords();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void valueIsAsTheManualPrintsIt(CSVRecord golden) {
    var read = golden.get("table").equals("registers") ? registers() : columns();
    var quantity = read.get(ObisCode.of(golden.get("obis")));

    assertThat(quantity.quantity().value().toPlainString()).isEqualTo(golden.get("value"));
    assertThat(quantity.quantity().unit()).isEqualTo(Unit.ofSymbol(golden.get("unit")));
    assertThat(quantity.occurredAt() == null ? "" : quantity.occurredAt().toString())
        .isEqualTo(golden.get("occurred_at"));
  }

  @Test
  void everyColumnAndRegisterHasAGoldenValue() throws IOException {
    var columns = golden().stream().filter(row -> row.get("table").equals("load-profile"));
    var registers = golden().stream().filter(row -> row.get("table").equals("registers"));

    assertThat(columns.map(row -> ObisCode.of(row.get("obis"))))
        .hasSize(24)
        .containsExactlyInAnyOrderElementsOf(columns().keySet());
    assertThat(registers.map(row -> ObisCode.of(row.get("obis"))))
        .containsExactlyInAnyOrderElementsOf(
            session().registers().stream().map(channel -> channel.obis()).toList());
  }

  private static Map<ObisCode, RegisterValue> registers() {
    var values = new HashMap<ObisCode, RegisterValue>();
    value(session().readRegisters()).values().forEach(value -> values.put(value.obis(), value));
    return values;
  }

  private static Map<ObisCode, RegisterValue> columns() {
    var profile = value(session().readLoadProfile(EmuSession.LOAD_PROFILE, Cursor.START)).content();
    var row = profile.rows().get(0);
    var values = new HashMap<ObisCode, RegisterValue>();
    for (int i = 0; i < profile.channels().size(); i++) {
      var channel = profile.channels().get(i);
      assertThat(row.has(i)).isTrue();
      var quantity = new Quantity(channel.value(row.values()[i]), channel.unit());
      values.put(channel.obis(), new RegisterValue(channel.obis(), quantity, null));
    }
    return values;
  }

  @Test
  void exampleRowTellsOfAChangedCurrentTransformer() {
    var block = value(session().readLoadProfile(EmuSession.LOAD_PROFILE, Cursor.START));
    var row = block.content().rows().get(0);

    assertThat(row.periodEnd()).isEqualTo("2022-09-28T10:30:00Z");
    assertThat(row.sequence()).isEqualTo(2);
    assertThat(row.meterStatus()).isEqualTo(2);
    assertThat(row.flags()).isEqualTo(RowStatus.PARAMETERS_CHANGED.bit());
    assertThat(block.events()).extracting(LoggedEvent::code).containsExactly(2);
    assertThat(block.content().capturePeriod()).as("one row tells no period").isNull();
  }

  @Test
  void exampleLineOfTheLogbookTellsOfFiveChanges() {
    Block<List<LoggedEvent>> block = value(session().readLogbook(EmuSession.LOGBOOK, Cursor.START));

    assertThat(block.content()).extracting(LoggedEvent::code).containsExactly(1, 2, 4, 8, 16);
    assertThat(block.content())
        .allSatisfy(
            line -> {
              assertThat(line.at()).isEqualTo("2022-09-28T10:35:00Z");
              assertThat(line.sequence()).isEqualTo(3);
              assertThat(line.detail())
                  .containsEntry("timeAfter", "2022-09-28T10:37:30Z")
                  .containsEntry("1-0:1.8.1*255", "2568")
                  .containsEntry("loadProfileIndex", "35")
                  .containsEntry("ctPrimary", "500")
                  .containsEntry("ctPrimaryBefore", "5")
                  .containsEntry("pulseLengthMs", "2")
                  .containsEntry("pulseLengthMsBefore", "40")
                  .hasSize(18);
            });
  }

  @Test
  void meterSaysWhoItIs() {
    var meter = value(session().identify());

    assertThat(meter.serialNumber()).isEqualTo("22350000");
    assertThat(meter.firmware()).isEqualTo("1.0.14");
    assertThat(value(session().readRegisters()).meterTime()).isEqualTo("2023-04-18T08:59:52Z");
    assertThat(value(session().readSettings()))
        .hasSize(15)
        .containsEntry("mbport", "502")
        .containsEntry("ntpactive", "true");
  }
}
