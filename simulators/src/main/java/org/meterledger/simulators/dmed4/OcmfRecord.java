package org.meterledger.simulators.dmed4;

import java.time.Instant;
import java.util.function.UnaryOperator;

/** A record as the meter signed it. */
public final class OcmfRecord {
  private final long progressive;
  private final ChargeCommand command;
  private final String identification;
  private final Instant time;
  private final String payload;
  private UnaryOperator<String> signer;
  private String text;

  OcmfRecord(
      long progressive,
      ChargeCommand command,
      String identification,
      Instant time,
      String payload,
      UnaryOperator<String> signer) {
    this.progressive = progressive;
    this.command = command;
    this.identification = identification;
    this.time = time;
    this.payload = payload;
    this.signer = signer;
  }

  /** Internal progressive number, from 1. */
  public long progressive() {
    return progressive;
  }

  /** What asked for the record. */
  public ChargeCommand command() {
    return command;
  }

  /** Who charged, the {@code ID} of the record; empty when it has none. */
  public String identification() {
    return identification;
  }

  /** True time of the command, not that of the meter's clock. */
  public Instant time() {
    return time;
  }

  /** What is signed: the part between the first and the second bar. */
  public String payload() {
    return payload;
  }

  /** The whole record: {@code OCMF|payload|signature}. */
  public synchronized String text() {
    if (text == null) {
      // The nonce follows from key and payload, so a signature made later is the same one. A fleet
      // with years of history would otherwise sign tens of thousands of records that nobody reads.
      text = "OCMF|" + payload + "|" + signer.apply(payload);
      signer = null;
    }
    return text;
  }

  @Override
  public String toString() {
    return text();
  }
}
