package org.meterledger.driver.meterextension;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;

/** Each register that the manual lists and each unit gives the value that is meant. */
class MeterExtensionGoldenValuesTest {

  private static List<CSVRecord> golden() throws IOException {
    var format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setCommentMarker('#')
            .get();
    try (var in =
            MeterExtensionGoldenValuesTest.class.getResourceAsStream(
                "/golden/cuculus-meterextension-1/values.csv");
        var parser = CSVParser.parse(in, StandardCharsets.UTF_8, format)) {
      return parser.getRecords();
    }
  }

  private static Map<ObisCode, HeardMeter.Value> read(List<CSVRecord> golden) {
    var data =
        golden.stream()
            .map(
                row ->
                    """
                    {"OBIS":"%s","scale":"%s","unit":"%s","entry":[{"val":"%s","ts":"1532715540"}]}\
                    """
                        .formatted(
                            row.get("told"), row.get("scale"), row.get("code"), row.get("val")))
            .collect(Collectors.joining(","));
    var meter = Texts.meters("{\"meter\":[{\"meterid\":\"1\",\"data\":[" + data + "]}]}").get(0);
    assertThat(meter.broken()).isNull();
    return meter.values().stream()
        .collect(Collectors.toMap(HeardMeter.Value::obis, Function.identity()));
  }

  @Test
  void valueIsAsTheManualMeansIt() throws IOException {
    var read = read(golden());

    assertThat(golden()).hasSizeGreaterThan(280).hasSameSizeAs(read.keySet());
    assertThat(golden())
        .allSatisfy(
            row -> {
              var value = read.get(ObisCode.of(row.get("obis")));
              assertThat(value.quantity().value().toPlainString()).isEqualTo(row.get("value"));
              assertThat(value.quantity().unit()).isSameAs(Unit.ofSymbol(row.get("unit")));
              assertThat(value.at()).hasToString("2018-07-27T18:19:00Z");
            });
  }

  @Test
  void everyRegisterOfTheModelHasAGoldenValueInItsUnit() throws IOException {
    var read = read(golden());

    assertThat(new MeterModels().get("cuculus-meterextension-1").table("registers"))
        .allSatisfy(
            row ->
                assertThat(read.get(ObisCode.of(row.get("obis"))).quantity().unit())
                    .isSameAs(Unit.ofSymbol(row.get("unit"))));
  }

  @Test
  void orderMakesNoDifference() throws IOException {
    var shuffled = golden();
    Collections.shuffle(shuffled, new Random(6));

    assertThat(read(shuffled)).isEqualTo(read(golden()));
  }
}
