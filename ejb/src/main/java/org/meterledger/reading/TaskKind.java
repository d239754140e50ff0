package org.meterledger.reading;

/** What is read again and again. A session serves the due ones in this order. */
public enum TaskKind {
  SETTINGS,
  REGISTERS,
  LOAD_PROFILE,
  LOGBOOK,
  PREVIOUS_VALUES,
  DEMAND,
  CLOCK,
  /** Signed records of charging; a meter that keeps none is not asked. */
  CHARGING
}
