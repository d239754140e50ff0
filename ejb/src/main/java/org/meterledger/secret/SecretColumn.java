package org.meterledger.secret;

/**
 * Where secrets lie that {@link org.meterledger.meter.MeterSecrets} encrypted, each in a row with
 * an {@code id}. The comment of such a column begins with AES-GCM; a test finds one that is not
 * here.
 */
public enum SecretColumn {
  METER_PASSWORD("meter", "password"),
  WEBHOOK_SECRET("webhook", "secret");

  private final String table;
  private final String column;

  SecretColumn(String table, String column) {
    this.table = table;
    this.column = column;
  }

  /** As {@code meter.password}. */
  @Override
  public String toString() {
    return table + "." + column;
  }

  /** A statement with the names of table and column as its {@code %1$s} and {@code %2$s}. */
  String sql(String pattern) {
    return pattern.formatted(table, column);
  }
}
