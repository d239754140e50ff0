package org.meterledger.secret;

/**
 * Where secrets lie that {@link org.meterledger.meter.MeterSecrets} encrypted, each in a row with a
 * whole number as its key. The comment of such a column begins with AES-GCM; a test finds one that
 * is not here.
 */
public enum SecretColumn {
  METER_PASSWORD("meter", "id", "password"),
  WEBHOOK_SECRET("webhook", "id", "secret"),
  SECOND_FACTOR("second_factor", "account_id", "secret"),
  GATEWAY_PASSWORD("gateway_access", "gateway_id", "password"),
  OPERATION_SECRET("operation_secret", "id", "secret");

  private final String table;
  private final String key;
  private final String column;

  SecretColumn(String table, String key, String column) {
    this.table = table;
    this.key = key;
    this.column = column;
  }

  /** As {@code meter.password}. */
  @Override
  public String toString() {
    return table + "." + column;
  }

  /** A statement with the names of table, column and key as its {@code %1$s} to {@code %3$s}. */
  String sql(String pattern) {
    return pattern.formatted(table, column, key);
  }
}
