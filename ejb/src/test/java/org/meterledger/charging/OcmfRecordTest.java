package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.charging.NotOcmf.Rule;
import org.meterledger.charging.OcmfReading.TimeStatus;
import org.meterledger.charging.OcmfReading.Transaction;
import org.meterledger.charging.OcmfRecord.Gateway;
import org.meterledger.charging.OcmfRecord.Identification;
import org.meterledger.charging.OcmfRecord.Instrument;
import org.meterledger.charging.OcmfRecord.Pagination;

class OcmfRecordTest {

  private static OcmfRecord read(String payload) throws NotOcmf {
    return OcmfRecord.of("OCMF|" + payload.replace('\'', '"') + "|{\"SD\":\"00\"}");
  }

  private static NotOcmf refused(String text) {
    var refusal = catchThrowableOfType(NotOcmf.class, () -> OcmfRecord.of(text));
    assertThat(refusal).as(text).isNotNull().message().isNotBlank();
    assertThat(refusal.position()).isBetween(0, text.length());
    return refusal;
  }

  private static NotOcmf refusedPayload(String payload) {
    return refused("OCMF|" + payload.replace('\'', '"') + "|{}");
  }

  @Test
  void allThatTheFormatTells() throws NotOcmf {
    var record =
        OcmfRecord.of(
            """
            OCMF|{"FV":"1.0","GI":"DMED4","GS":"0815","GV":"1.2","PG":"T12345","MV":"Maker",\
            "MM":"DC 600","MS":"4711","MF":"1.07","IS":true,"IL":"VERIFIED",\
            "IF":["RFID_PLAIN","OCPP_RS_TLS"],"IT":"ISO14443","ID":"1F2D3A","TT":"0,42 €/kWh",\
            "RD":[{"TM":"2026-07-24T13:22:04,120+0200 S","TX":"B","RV":2935.60,"RI":"1-0:1.8.0",\
            "RU":"kWh","RT":"DC","CL":0.50,"EF":"","ST":"G"}]}\
            |{"SA":"ECDSA-secp256r1-SHA256","SE":"hex","SM":"application/x-der","SD":"3006"}""");

    assertThat(record.formatVersion()).isEqualTo("1.0");
    assertThat(record.gateway()).isEqualTo(new Gateway("DMED4", "0815", "1.2"));
    assertThat(record.meter()).isEqualTo(new Instrument("Maker", "DC 600", "4711", "1.07"));
    assertThat(record.serialNumbers()).containsExactly("4711", "0815");
    assertThat(record.pagination()).isEqualTo(new Pagination('T', 12345)).hasToString("T12345");
    assertThat(record.pagination().ofTransaction()).isTrue();
    assertThat(record.identification())
        .isEqualTo(
            new Identification(
                true, "VERIFIED", List.of("RFID_PLAIN", "OCPP_RS_TLS"), "ISO14443", "1F2D3A"));
    assertThat(record.tariffText()).isEqualTo("0,42 €/kWh");
    assertThat(record.readings())
        .containsExactly(
            new OcmfReading(
                "2026-07-24T13:22:04,120+0200 S",
                OffsetDateTime.parse("2026-07-24T13:22:04.120+02:00"),
                TimeStatus.SYNCHRONIZED,
                Transaction.BEGIN,
                new BigDecimal("2935.60"),
                "1-0:1.8.0",
                "kWh",
                "DC",
                new BigDecimal("0.50"),
                "",
                "G"));
    assertThat(record.signature())
        .isEqualTo(
            new OcmfRecord.Signature("ECDSA-secp256r1-SHA256", "hex", "application/x-der", "3006"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{ \"PG\" :\t\"T1\" ,\r\n \"RD\":[ ] \n}",
        "{\"ID\":\"\u00e4\u20ac\ud83d\udd0c\",\"TT\":\"\\u00e4 \\/ \\\\\",\"RD\":[{\"RV\":1.50}]}",
        "{\"RD\":[{\"RV\":1.50},{\"RV\":1.5},{\"RV\":15E-1},{\"RV\":-0.0},{\"RV\":1e2}]}",
      })
  void theTextIsKeptByteForByte(String payload) throws NotOcmf {
    var text = "OCMF|" + payload + "| {\"SD\" : \"00\"}\r\n";
    var bytes = text.getBytes(StandardCharsets.UTF_8);

    var record = OcmfRecord.of(bytes);

    assertThat(record.text().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
    assertThat(record.signedBytes()).isEqualTo(Arrays.copyOfRange(bytes, 5, 5 + length(payload)));
    assertThat(OcmfRecord.of(text)).isEqualTo(record);
  }

  private static int length(String payload) {
    return payload.getBytes(StandardCharsets.UTF_8).length;
  }

  @ParameterizedTest
  @CsvSource({
    "1.50, 1.50",
    "1.5, 1.5",
    "'\"      48.542\"', 48.542",
    "'\"00000000.000\"', 0.000",
    "0, 0",
    "15E-1, 1.5",
    "12345678901234567890.123, 12345678901234567890.123",
  })
  void valuesKeepTheirDigits(String written, BigDecimal value) throws NotOcmf {
    assertThat(read("{'RD':[{'RV':" + written + "}]}").readings().get(0).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "\"\"", "\"  \""})
  void aMissingValueIsNotZero(String written) throws NotOcmf {
    assertThat(read("{'RD':[{'RV':" + written + "}]}").readings().get(0).value()).isNull();
    assertThat(read("{'RD':[{'RV':5},{'RI':'1-0:2.8.0'}]}").readings().get(1).value()).isNull();
  }

  @Test
  void whatIsLeftOutIsOfTheReadingBefore() throws NotOcmf {
    var readings =
        read("""
                {'RD':[{'TM':'2026-07-24T13:22:04,000+0200 R','TX':'B','RV':1,'RI':'1-0:1.8.0',
                'RU':'kWh','RT':'DC','EF':'t','ST':'G'},{'RV':2,'RI':'1-0:2.8.0'},
                {'TX':'E','RV':3,'EF':'','ST':'E'},{'RV':4,'TX':null}]}""")
            .readings();

    assertThat(readings.get(1))
        .isEqualTo(
            new OcmfReading(
                "2026-07-24T13:22:04,000+0200 R",
                OffsetDateTime.parse("2026-07-24T13:22:04+02:00"),
                TimeStatus.RELATIVE,
                Transaction.BEGIN,
                new BigDecimal(2),
                "1-0:2.8.0",
                "kWh",
                "DC",
                null,
                "t",
                "G"));
    assertThat(readings.get(2))
        .returns(Transaction.END, OcmfReading::transaction)
        .returns("1-0:2.8.0", OcmfReading::identification)
        .returns("", OcmfReading::errorFlags)
        .returns(false, OcmfReading::good);
    assertThat(readings.get(3).transaction()).as("null is not left out").isNull();
  }

  @Test
  void whatOldRevisionsAndRealMetersWrite() throws NotOcmf {
    var old =
        read("{'FV':0.1,'VI':'ABL','VV':'1.4p3','IS':'VERIFIED','GS':'','CT':0,'PG_x':1,'XV':{}}");

    assertThat(old.formatVersion()).isEqualTo("0.1");
    assertThat(old.gateway()).isEqualTo(new Gateway("ABL", "", "1.4p3"));
    assertThat(old.identification())
        .isEqualTo(new Identification(null, "VERIFIED", List.of(), null, null));
    assertThat(old.pagination()).isNull();
    assertThat(old.readings()).isEmpty();
    assertThat(old.serialNumbers()).isEmpty();
    assertThat(read("{'PG':'f 7'}").pagination()).isNull();
    assertThat(read("{'PG':'F7'}").pagination().ofTransaction()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "2018-07-24T13:22:04,000+0200 S; 2018-07-24T13:22:04+02:00; SYNCHRONIZED",
        "2018-07-24T13:22:04.5+02:00 I; 2018-07-24T13:22:04.5+02:00; INFORMATIVE",
        "2018-07-24T13:22:04Z U; 2018-07-24T13:22:04Z; UNKNOWN",
        "2018-07-24T13:22:04,000-0330; 2018-07-24T13:22:04-03:30;",
        "2018-07-24T13:22:04,000+0200 Q; 2018-07-24T13:22:04+02:00;",
        "2018-02-30T13:22:04,000+0200 S; ; SYNCHRONIZED",
        "24.07.2018 13:22 S; ;",
      })
  void times(String written, OffsetDateTime time, TimeStatus status) throws NotOcmf {
    var reading = read("{'RD':[{'TM':'" + written + "'}]}").readings().get(0);

    assertThat(reading.timeText()).isEqualTo(written);
    assertThat(reading.time()).isEqualTo(time);
    assertThat(reading.timeStatus()).isEqualTo(status);
  }

  @Test
  void everyLetterOfATransaction() throws NotOcmf {
    for (var each : Transaction.values()) {
      assertThat(read("{'RD':[{'TX':'" + each.letter() + "'}]}").readings().get(0).transaction())
          .isEqualTo(each);
    }
    assertThat(read("{'RD':[{'TX':'Z'}]}").readings().get(0).transaction()).isNull();
    assertThat(Arrays.stream(Transaction.values()).filter(Transaction::ends))
        .extracting(Transaction::letter)
        .containsExactly('E', 'L', 'R', 'A', 'P');
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``; NO_HEADER; 0",
        "hello; NO_HEADER; 0",
        "ocmf|{}|{}; NO_HEADER; 0",
        "OCMF|{}; SECTIONS; 7",
        "OCMF|{\"ID\":\"a|b\"}|{}; SECTIONS; 16",
        "OCMF|[]|{}; NO_JSON; 5",
        "OCMF|{}|[]; NO_JSON; 8",
        "OCMF|{} {}|{}; NO_JSON; 8",
        "OCMF|{}|{},; NO_JSON; 10",
      })
  void textsThatAreNoRecord(String text, Rule rule, int position) {
    var refusal = refused(text);

    assertThat(refusal.rule()).isEqualTo(rule);
    assertThat(refusal.position()).isCloseTo(position, within(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{'a'}",
        "{'a':}",
        "{'a':01}",
        "{'a':tru}",
        "{'a':'\n'}",
        "{'a':'\\x'}",
        "{}x",
        "nul"
      })
  void sectionsThatAreNoJson(String payload) {
    assertThat(refusedPayload(payload).rule()).isEqualTo(Rule.NO_JSON);
    assertThat(refused("OCMF|{}|" + payload.replace('\'', '"')).rule()).isEqualTo(Rule.NO_JSON);
  }

  @Test
  void aNameThatStandsTwiceIsTold() {
    var refusal = refusedPayload("{'RD':[{'RV':1},{'RV':1,'RV':2}]}");

    assertThat(refusal.rule()).isEqualTo(Rule.DUPLICATE_NAME);
    assertThat(refusal.field()).isEqualTo("RD[1].RV");
    assertThat(refusal.position()).isBetween(25, 33);
    assertThat(refusedPayload("{'MS':'1','M\\u0053':'2'}").field()).isEqualTo("MS");
    assertThat(refused("OCMF|{}|{\"SD\":\"1\",\"SD\":\"2\"}").field()).isEqualTo("SD");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'RD':{}}; RD",
        "{'RD':[1]}; RD[0]",
        "{'RD':[{},{'RV':'12,5'}]}; RD[1].RV",
        "{'RD':[{'RV':1e999999999}]}; RD[0].RV",
        "{'RD':[{'RV':{}}]}; RD[0].RV",
        "{'RD':[{'TM':[]}]}; RD[0].TM",
        "{'MS':{}}; MS",
        "{'IF':'RFID'}; IF",
        "{'IF':[[]]}; IF",
        "{'GI':[]}; GI",
      })
  void fieldsOfAnotherKind(String payload, String field) {
    var refusal = refusedPayload(payload);

    assertThat(refusal.rule()).isEqualTo(Rule.FIELD);
    assertThat(refusal.field()).startsWith(field);
    assertThat(refusal).hasMessageContaining(field);
  }

  @Test
  void bounds() throws NotOcmf {
    var most = "{'RD':[" + "{},".repeat(OcmfRecord.MOST_READINGS - 1) + "{}]}";
    var long1 = "OCMF|{}|{}" + " ".repeat(OcmfRecord.LONGEST - 10);

    assertThat(read(most).readings()).hasSize(OcmfRecord.MOST_READINGS);
    assertThat(refusedPayload(most.replace("{}]", "{},{}]")).rule())
        .isEqualTo(Rule.TOO_MANY_READINGS);
    assertThat(OcmfRecord.of(long1).text()).hasSize(OcmfRecord.LONGEST);
    assertThat(refused(long1 + " ").rule()).isEqualTo(Rule.TOO_LONG);
    assertThat(refusedPayload("{'X':" + "[".repeat(30_000) + "]}").rule()).isEqualTo(Rule.TOO_DEEP);
    assertThat(refusedPayload("{'X':" + "{'a':".repeat(9) + "1" + "}".repeat(10)).rule())
        .isEqualTo(Rule.TOO_DEEP);
  }

  @Test
  void bytesThatAreNoText() {
    var bytes = "OCMF|{\"ID\":\"ä\"}|{}".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(catchThrowableOfType(NotOcmf.class, () -> OcmfRecord.of(bytes)).rule())
        .isEqualTo(Rule.NO_UTF8);
    assertThat(
            catchThrowableOfType(
                    NotOcmf.class, () -> OcmfRecord.of(new byte[4 * OcmfRecord.LONGEST + 1]))
                .rule())
        .isEqualTo(Rule.TOO_LONG);
    var half = refused("OCMF|{\"ID\":\"\ud83d\"}|{}");
    assertThat(half.rule()).isEqualTo(Rule.NO_UTF8);
    assertThat(half.position()).isEqualTo(12);
  }
}
