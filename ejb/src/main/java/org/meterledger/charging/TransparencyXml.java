package org.meterledger.charging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * The file that transparency software opens to verify records: {@code values} of one {@code value}
 * each, which holds the record and the key (S.A.F.E. e. V., transparenzsoftware, XML_Format.md).
 */
public final class TransparencyXml {

  private static final String HEAD =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <values>
      """;
  private static final String TAIL = "</values>\n";

  private TransparencyXml() {}

  /**
   * @param transactionId by which the software groups records: a number, 0 and up
   * @param text of the record, which stands in the file as it is
   * @param context as OCPP names it; see {@link #contextOf}
   * @param key to verify it with; null where none is known, then its reader must give one
   */
  public record Entry(long transactionId, String context, String text, ChargingPublicKey key) {

    /**
     * @param transactionId by which the software groups records: a number, 0 and up
     * @param key to verify it with; null where none is known
     */
    public static Entry of(long transactionId, OcmfRecord record, ChargingPublicKey key) {
      return new Entry(transactionId, contextOf(record), record.text(), key);
    }
  }

  /**
   * {@code Transaction.Begin} for a record that only begins; {@code Transaction.End} for others.
   */
  static String contextOf(OcmfRecord record) {
    var readings = record.readings();
    return readings.stream().anyMatch(each -> each.transaction() == OcmfReading.Transaction.BEGIN)
            && readings.stream()
                .noneMatch(each -> each.transaction() != null && each.transaction().ends())
        ? "Transaction.Begin"
        : "Transaction.End";
  }

  /** The file, to be written in UTF-8. */
  public static String of(List<Entry> entries) {
    var xml = new StringBuilder(HEAD);
    for (var entry : entries) {
      xml.append("  <value transactionId=\"")
          .append(entry.transactionId())
          .append("\" context=\"")
          .append(escaped(entry.context()).replace("\"", "&quot;"))
          .append("\">\n    <signedData format=\"OCMF\" encoding=\"")
          .append(holds(entry.text()) ? "plain" : "base64")
          .append("\">")
          .append(
              holds(entry.text())
                  ? escaped(entry.text())
                  : Base64.getEncoder()
                      .encodeToString(entry.text().getBytes(StandardCharsets.UTF_8)))
          .append("</signedData>\n");
      if (entry.key() != null) {
        xml.append("    <publicKey encoding=\"hex\">")
            .append(entry.key().hex())
            .append("</publicKey>\n");
      }
      xml.append("  </value>\n");
    }
    return xml.append(TAIL).toString();
  }

  /** A reader of XML takes a bare carriage return for a line feed. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\r", "&#13;");
  }

  /** Whether XML 1.0 has each character of the text. */
  private static boolean holds(String text) {
    return text.codePoints()
        .allMatch(
            each ->
                each == '\t'
                    || each == '\n'
                    || each == '\r'
                    || each >= 0x20 && each < 0xD800
                    || each > 0xDFFF && each < 0xFFFE
                    || each > 0xFFFF);
  }
}
