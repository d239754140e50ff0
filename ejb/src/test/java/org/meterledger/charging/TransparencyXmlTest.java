package org.meterledger.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.meterledger.charging.TransparencyXml.Entry;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class TransparencyXmlTest {

  private static final MeterKey METER = new MeterKey(Curve.SECP256R1, 1);

  private static Element parsed(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)))
        .getDocumentElement();
  }

  private static Element only(Element parent, String name) {
    assertThat(parent.getElementsByTagName(name).getLength()).isEqualTo(1);
    return (Element) parent.getElementsByTagName(name).item(0);
  }

  @Test
  void theRecordStandsInItAsItIs() throws Exception {
    var text =
        METER.record("{\"ID\":\"<&>]]> \u00e4\ud83d\udd0c\",\t\r\n \"RD\":[{\"TX\":\"B\"}]\r}");

    var values =
        parsed(TransparencyXml.of(List.of(Entry.of(7, OcmfRecord.of(text), METER.publicKey()))));

    assertThat(values.getTagName()).isEqualTo("values");
    var value = only(values, "value");
    assertThat(value.getAttribute("transactionId")).isEqualTo("7");
    assertThat(value.getAttribute("context")).isEqualTo("Transaction.Begin");
    var data = only(value, "signedData");
    assertThat(data.getAttribute("format")).isEqualTo("OCMF");
    assertThat(data.getAttribute("encoding")).isEqualTo("plain");
    assertThat(data.getTextContent()).isEqualTo(text);
    var key = only(value, "publicKey");
    assertThat(key.getAttribute("encoding")).isEqualTo("hex");
    assertThat(ChargingPublicKey.of(key.getTextContent())).isEqualTo(METER.publicKey());
    assertThat(
            Verdict.of(data.getTextContent(), ChargingPublicKey.of(key.getTextContent()), null)
                .valid())
        .isTrue();
  }

  @Test
  void severalRecordsAndNoKey() throws Exception {
    var begin = OcmfRecord.of("OCMF|{\"RD\":[{\"TX\":\"B\"},{\"TX\":\"C\"}]}|{}");
    var end = OcmfRecord.of("OCMF|{\"RD\":[{\"TX\":\"B\"},{\"TX\":\"L\"}]}|{}");

    var values =
        parsed(TransparencyXml.of(List.of(Entry.of(1, begin, null), Entry.of(1, end, null))));

    assertThat(values.getElementsByTagName("publicKey").getLength()).isZero();
    var second = (Element) values.getElementsByTagName("value").item(1);
    assertThat(second.getAttribute("context")).isEqualTo("Transaction.End");
    assertThat(second.getAttribute("transactionId")).isEqualTo("1");
  }

  @Test
  void whatXmlHasNoCharacterForGoesInBase64() throws Exception {
    var text = METER.record("{\"ID\":\"\uffff\"}");

    var data =
        only(
            parsed(TransparencyXml.of(List.of(new Entry(1, "a\"<b", text, METER.publicKey())))),
            "signedData");

    assertThat(data.getAttribute("encoding")).isEqualTo("base64");
    assertThat(Base64.getDecoder().decode(data.getTextContent()))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(text);
    assertThat(((Element) data.getParentNode()).getAttribute("context")).isEqualTo("a\"<b");
  }

  @Test
  void noRecords() throws Exception {
    assertThat(parsed(TransparencyXml.of(List.of())).getElementsByTagName("*").getLength())
        .isZero();
  }
}
