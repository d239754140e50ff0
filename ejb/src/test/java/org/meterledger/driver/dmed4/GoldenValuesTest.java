package org.meterledger.driver.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.meterledger.driver.modbus.Words;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.metering.Unit;

/** What the tables make of numbers and registers. */
class GoldenValuesTest {

  static final Dmed4Tables TABLES = Dmed4Tables.of(new MeterModels().get("lovato-dmed4"));

  static List<CSVRecord> golden() throws IOException {
    var format =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setCommentMarker('#')
            .get();
    var path = Path.of("src/test/resources/golden/lovato-dmed4/values.csv");
    return format.parse(new StringReader(Files.readString(path))).getRecords();
  }

  private static Dmed4Tables.Register register(CSVRecord golden) {
    return TABLES.registers().stream()
        .filter(register -> register.name().equals(golden.get("name")))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("golden")
  void numberOfRestIsInTheUnit(CSVRecord golden) {
    var register = register(golden);
    assertThat(register.channel().unit()).isEqualTo(Unit.ofSymbol(golden.get("unit")));
    assertThat(register.resource().isEmpty()).isEqualTo(golden.get("json").isEmpty());
    if (!golden.get("json").isEmpty()) {
      var told = JsonAnswer.of("{\"%s\": %s}".formatted(register.key(), golden.get("json")));
      var number = told.orElseThrow().number(register.key()).orElseThrow();

      assertThat(Dmed4Tables.scaled(number, register.factor()).toPlainString())
          .isEqualTo(golden.get("json_value"));
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void wordsAreInTheUnit(CSVRecord golden) {
    var register = register(golden);
    var address = register.address();
    assertThat(address == null).isEqualTo(golden.get("words").isEmpty());
    if (address != null) {
      var bytes = HexFormat.of().parseHex(golden.get("words"));
      var number = address.number(Words.of(address.wire(), bytes));

      assertThat(bytes).hasSize(2 * address.range().count());
      assertThat(Dmed4Tables.scaled(number, register.addressFactor()).toPlainString())
          .isEqualTo(golden.get("words_value"));
    }
  }

  @Test
  void everyRegisterHasGoldenValues() throws IOException {
    assertThat(golden().stream().map(row -> row.get("name")))
        .containsExactlyElementsOf(
            TABLES.registers().stream().map(Dmed4Tables.Register::name).toList());
  }

  /** Those of which the manual prints the bytes. */
  @ParameterizedTest
  @CsvSource({"menu,4FFF", "parameter,5001", "parameterValue,5003", "save,2F02", "viewerPage,2F4F"})
  void addressOnTheWireIsOneLessThanTheManualsNumber(String name, String wire) {
    assertThat(TABLES.address(name).wire()).isEqualTo(Integer.parseInt(wire, 16));
  }

  @Test
  void registersDoNotOverlap() {
    var ends = -1;
    var all =
        TABLES.addresses().values().stream()
            .sorted(java.util.Comparator.comparingInt(Address::wire))
            .toList();
    for (var address : all) {
      assertThat(address.wire()).as(address.name()).isGreaterThanOrEqualTo(ends);
      ends = address.range().end();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "4A,DMED404x1500",
    "48,DMED404x0600",
    "47,DMED404x0400",
    "46,DMED404x0150",
    "45,DMED403x1500",
    "43,DMED403x0600",
    "42,DMED403x0400",
    "41,DMED403x0150",
    "0C,DMED4DC1",
    "0D,DMED4DC2"
  })
  void modelIsKnownByItsCode(String code, String name) {
    assertThat(TABLES.modelName(Dmed4Tables.FUNCTION_11, code)).isEqualTo(name);
  }

  @Test
  void flagsAreKnownByEitherSpelling() {
    assertThat(TABLES.bit("board1", "flash_err")).isEqualTo(1 << 2);
    assertThat(TABLES.bit("board1", "flash_pattern_error")).isEqualTo(1 << 2);
    assertThat(TABLES.bit("board2", "Init_uncorrect_flag")).isEqualTo(1 << 11);
    assertThat(TABLES.bit("fatal", "e_12")).isEqualTo(1 << 12);
    assertThat(TABLES.bit("fatal", "e_13")).as("one that is not listed").isEqualTo(1);
    assertThat(TABLES.words("errors1", 1 << 16 | 1 << 20))
        .containsExactly("The meter could not verify its own signature", "bit 20");
  }

  @ParameterizedTest
  @CsvSource({"3232235777,192.168.1.1", "4294967295,255.255.255.255", "0,0.0.0.0"})
  void addressIsFourBytes(long number, String text) {
    var parameter =
        TABLES.parameters().stream().filter(p -> p.name().equals("P05_03")).findFirst().get();

    assertThat(parameter.text(number)).isEqualTo(text);
    assertThat(parameter.value(text)).isEqualTo(number);
    assertThat(parameter.holds(new BigDecimal(number))).isTrue();
    assertThat(parameter.holds(new BigDecimal("4294967296"))).isFalse();
  }

  @Test
  void publicKeyIsSpeltTheSameHoweverItIsTold() {
    var der = "3059" + "ab".repeat(0x59);
    var bytes = HexFormat.of().parseHex(der);
    var base64 = java.util.Base64.getEncoder().encodeToString(bytes);

    assertThat(PublicKeyText.ofText(der.toUpperCase())).contains(der);
    assertThat(PublicKeyText.ofText(base64)).contains(der);
    assertThat(PublicKeyText.ofBytes(java.util.Arrays.copyOf(bytes, 96))).contains(der);
    assertThat(PublicKeyText.ofBytes(new byte[96])).isEmpty();
    assertThat(PublicKeyText.ofText("no key")).isEmpty();
    assertThat(PublicKeyText.ofCoordinates("00".repeat(64))).as("no key either").isEmpty();
  }
}
