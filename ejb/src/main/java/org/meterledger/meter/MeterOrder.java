package org.meterledger.meter;

/** By what a list of meters can be sorted. The serial number always decides last. */
public enum MeterOrder {
  SERIAL_NUMBER("m.serial_number"),
  ALIAS("lower(m.alias)"),
  MODEL("m.model"),
  METERING_POINT("p.code"),
  CONDITION("condition"),
  LAST_CONTACT("c.last_contact_at"),
  LAST_READING("c.last_reading_at"),
  CLOCK_DRIFT("abs(c.clock_drift_ms)");

  private final String expression;

  MeterOrder(String expression) {
    this.expression = expression;
  }

  String expression() {
    return expression;
  }
}
