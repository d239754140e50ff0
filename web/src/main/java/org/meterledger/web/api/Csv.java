package org.meterledger.web.api;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV as RFC 4180 has it, in UTF-8, with a header. */
public final class Csv {

  public static final String MEDIA_TYPE = "text/csv";

  /** As the answer of an export: what is in it, and how. */
  public static final String CONTENT_TYPE = MEDIA_TYPE + ";charset=UTF-8;header=present";

  /** What a formula begins with, the full-width forms too: some spreadsheets take them as equal. */
  private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private static final int BUFFER = 32 * 1024;

  private Csv() {}

  /** Flush it at the end; closing is up to the owner of the stream. */
  public static CSVPrinter printer(OutputStream out) throws IOException {
    return new CSVPrinter(
        new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), BUFFER),
        CSVFormat.RFC4180);
  }

  /**
   * Text that somebody may have chosen, so that a spreadsheet does not take it for a formula
   * (OWASP, "CSV Injection"). Numbers never go through here: the sign of a negative one must stay.
   *
   * @param text null for null
   */
  public static String text(String text) {
    return text != null && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0
        ? "'" + text
        : text;
  }
}
