package org.meterledger.simulators.dmed4;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
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
  private byte[] given;
  private boolean denied;

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

  /** Has the log give these bytes instead; the record itself stays right. */
  public synchronized void spoil(byte[] bytes) {
    given = bytes.clone();
  }

  /** Has the log count the record as held, and refuse to give it. */
  public synchronized void deny() {
    denied = true;
  }

  /** What the log gives; empty where it refuses. */
  synchronized Optional<byte[]> given() {
    return denied
        ? Optional.empty()
        : Optional.of(given == null ? text().getBytes(StandardCharsets.UTF_8) : given);
  }

  @Override
  public String toString() {
    return text();
  }
}
