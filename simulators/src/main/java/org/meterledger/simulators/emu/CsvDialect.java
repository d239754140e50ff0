package org.meterledger.simulators.emu;

/**
 * How a meter writes its CSV. The manual gives columns only, not separator, header line or line
 * ends, so a reader has to cope with all of these.
 *
 * @param separator {@code ';'}, {@code ','} or a tab
 * @param header whether a line with column names comes first
 * @param lineEnd {@code "\n"} or {@code "\r\n"}, after the last row too
 */
public record CsvDialect(char separator, boolean header, String lineEnd) {
  /** Semicolons, no header line, LF. */
  public static final CsvDialect SEMICOLON = new CsvDialect(';', false, "\n");

  /** Commas, a header line, CRLF. */
  public static final CsvDialect COMMA_WITH_HEADER = new CsvDialect(',', true, "\r\n");

  /** Tabs, no header line, CRLF. */
  public static final CsvDialect TAB = new CsvDialect('\t', false, "\r\n");

  public CsvDialect {
    if (separator != ';' && separator != ',' && separator != '\t') {
      throw new IllegalArgumentException("Separator is one of ; , tab");
    }
    if (!lineEnd.equals("\n") && !lineEnd.equals("\r\n")) {
      throw new IllegalArgumentException("Line end is LF or CRLF");
    }
  }
}
