package org.meterledger.simulators.dmed4;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;

/** The charge cycle: what may follow what, and the records that come of it. */
final class ChargeCycle {
  private static final int INPUT_WORDS = 512;
  private static final Duration SIGNING = Duration.ofSeconds(2);
  private static final String IMPORT = "1-0:1.8.0";
  private static final String EXPORT = "1-0:2.8.0";
  private static final String CYCLE = "1-0:1.9.0";

  private final Dmed4Settings settings;
  private final Measurement measurement;
  private final DeviceClock clock;
  private final Parameters parameters;
  private final Log<OcmfRecord> log;
  private final byte[] inputBytes = new byte[2 * INPUT_WORDS];
  private final BitSet inputWritten = new BitSet();
  private SigningKey key;
  private int inputLength;
  private int command;
  private int state = ChargeStatus.NOT_INITIALIZED;
  private int signature = ChargeStatus.SIGN_NOT_INITIALIZED;
  private long error1;
  private OcmfInput input;
  private OcmfRecord output;
  private String beginTime;
  private long beginImported;
  private long beginExported;
  private int signingPolls = 1;
  private int pollsLeft;
  private Instant signedAt = Instant.MIN;
  private int stateBefore;

  ChargeCycle(
      Dmed4Settings settings,
      Measurement measurement,
      DeviceClock clock,
      Parameters parameters,
      SigningKey key) {
    this.settings = settings;
    this.measurement = measurement;
    this.clock = clock;
    this.parameters = parameters;
    this.key = key;
    this.log = new Log<>(settings.ocmfCapacity());
  }

  void setSigningPolls(int polls) {
    signingPolls = polls;
  }

  void setKey(SigningKey other) {
    key = other;
  }

  SigningKey key() {
    return key;
  }

  Log<OcmfRecord> log() {
    return log;
  }

  boolean isCharging() {
    return state >= ChargeStatus.ACTIVE;
  }

  /** Status as it is told now; a signature takes a while. */
  ChargeStatus status(Instant now) {
    boolean signing = isSigning(now);
    int bits = signature;
    if (clock.isSynchronized(now, parameters.syncTimeoutMinutes())) {
      bits |= ChargeStatus.TIMESTAMP_SYNCHRONIZED;
    }
    if (signing) {
      bits = bits & ~ChargeStatus.SIGNATURE_OK | ChargeStatus.SIGNATURE_IN_PROGRESS;
    }
    if (error1 != 0) {
      bits |= ChargeStatus.ERROR;
    }
    return new ChargeStatus(signing ? stateBefore : state, bits, error1, 0);
  }

  /** The signature status was read; after some times it is there. */
  void polled() {
    pollsLeft = Math.max(0, pollsLeft - 1);
  }

  private boolean isSigning(Instant now) {
    return pollsLeft > 0 && now.isBefore(signedAt.plus(SIGNING));
  }

  int command() {
    return command;
  }

  int inputLength() {
    return inputLength;
  }

  byte[] input() {
    return inputBytes.clone();
  }

  /** Keeps a piece of the input until its length is told. */
  void write(int word, byte[] piece) {
    System.arraycopy(piece, 0, inputBytes, 2 * word, piece.length);
    inputWritten.set(word, word + piece.length / 2);
  }

  /** The length of what was written, in bytes; the input is read then. */
  void submit(int length, Instant now) {
    if (length < 1 || length > inputBytes.length) {
      throw Refusal.value("Input length " + length);
    }
    refuseWhileSigning(now);
    inputLength = length;
    boolean whole = inputWritten.nextClearBit(0) * 2 >= length;
    inputWritten.clear();
    take(Arrays.copyOf(inputBytes, length), whole, now);
  }

  /** An input in one piece. */
  void submit(byte[] text, Instant now) {
    refuseWhileSigning(now);
    if (text.length > inputBytes.length) {
      fail(ChargeStatus.JSON_VALUE);
      return;
    }
    Arrays.fill(inputBytes, (byte) 0);
    System.arraycopy(text, 0, inputBytes, 0, text.length);
    inputLength = text.length;
    take(text, true, now);
  }

  private void take(byte[] text, boolean whole, Instant now) {
    if (isCharging() || !clock.isSynchronized(now, parameters.syncTimeoutMinutes())) {
      fail(ChargeStatus.JSON_SEQUENCE);
      return;
    }
    OcmfInput.Verdict verdict =
        whole
            ? OcmfInput.read(text)
            : new OcmfInput.Verdict(null, ChargeStatus.JSON_NOT_FULL_PACKET);
    if (verdict.error() != 0) {
      fail(verdict.error());
      return;
    }
    input = verdict.input();
    state = ChargeStatus.IDLE;
    signature = ChargeStatus.CORRECT_JSON_RECEIVED | ChargeStatus.SIGNATURE_OK;
  }

  private void fail(int error) {
    error1 |= error;
    if (!isCharging()) {
      signature &= ~ChargeStatus.CORRECT_JSON_RECEIVED;
      state = ChargeStatus.NOT_INITIALIZED;
    }
  }

  /** Whether an input waits for a charge to begin. */
  boolean isPrepared() {
    return state == ChargeStatus.IDLE;
  }

  /** Does a command, or refuses it in the wrong state. */
  void command(ChargeCommand given, Instant now, boolean atOnce) {
    refuseWhileSigning(now);
    boolean fitting =
        switch (given) {
          case BEGIN -> state == ChargeStatus.IDLE;
          case INTERMEDIATE, END, BEGIN_AND_END -> isCharging();
          case RESET_ERRORS -> true;
        };
    if (!fitting) {
      throw Refusal.operation(given + " in state " + state);
    }
    command = given.word();
    if (given == ChargeCommand.RESET_ERRORS) {
      error1 = 0;
      return;
    }
    stateBefore = state;
    if (given == ChargeCommand.BEGIN) {
      begin(now);
    }
    record(given, now);
    if (given == ChargeCommand.END || given == ChargeCommand.BEGIN_AND_END) {
      measurement.endCycle();
      state = ChargeStatus.NOT_INITIALIZED;
      signature &= ~ChargeStatus.CORRECT_JSON_RECEIVED;
    }
    pollsLeft = atOnce ? 0 : signingPolls;
    signedAt = now;
  }

  private void refuseWhileSigning(Instant now) {
    if (isSigning(now)) {
      throw Refusal.busy();
    }
  }

  private void begin(Instant now) {
    state = ChargeStatus.ACTIVE;
    signature &= ~ChargeStatus.METER_ROLL_OVER;
    measurement.beginCycle();
    beginTime = time(now);
    beginImported = measurement.importedWh();
    beginExported = measurement.exportedWh();
  }

  private void record(ChargeCommand given, Instant now) {
    // Within a cycle the values go on beyond eight digits; the next cycle begins below them again.
    long imported = unrolled(beginImported, measurement.importedWh());
    long exported = unrolled(beginExported, measurement.exportedWh());
    if (imported >= Measurement.ROLL_OVER_WH || exported >= Measurement.ROLL_OVER_WH) {
      signature |= ChargeStatus.METER_ROLL_OVER;
    }
    String readings =
        String.join(
            ",",
            first(beginTime, "B", unrolled(beginImported, beginImported)),
            inheriting(EXPORT, unrolled(beginExported, beginExported)),
            inheriting(CYCLE, 0),
            first(time(now), given.transaction(), imported),
            inheriting(EXPORT, exported),
            inheriting(CYCLE, measurement.cycleImportedWh()));
    long number = log.last() + 1;
    String payload = input.payload(number, settings.model(), settings.serialNumber(), readings);
    SigningKey signer = key;
    boolean base64 = parameters.base64();
    output =
        new OcmfRecord(
            number,
            given,
            input.identification(),
            now,
            payload,
            each -> signer.signatureSection(each, base64));
    log.add(output);
  }

  private static long unrolled(long begin, long value) {
    return begin % Measurement.ROLL_OVER_WH + value - begin;
  }

  private String time(Instant now) {
    return clock.ocmf(now, clock.isSynchronized(now, parameters.syncTimeoutMinutes()));
  }

  private static String first(String time, String transaction, long wattHours) {
    return "{\"TM\":\""
        + time
        + "\",\"TX\":\""
        + transaction
        + "\",\"RV\":"
        + kilowattHours(wattHours)
        + ",\"RI\":\""
        + IMPORT
        + "\",\"RU\":\"kWh\",\"RT\":\"DC\",\"EF\":\"\",\"ST\":\"G\"}";
  }

  private static String inheriting(String obis, long wattHours) {
    return "{\"RV\":"
        + kilowattHours(wattHours)
        + ",\"RI\":\""
        + obis
        + "\",\"RU\":\"kWh\",\"ST\":\"G\"}";
  }

  private static String kilowattHours(long wattHours) {
    return wattHours / 1000 + String.format(Locale.ROOT, ".%03d", wattHours % 1000);
  }

  /** The record made last, or nothing while it is being signed. */
  OcmfRecord output(Instant now) {
    return isSigning(now) ? null : output;
  }

  /** The power was away: a cycle goes on, everything else begins anew. */
  void boot() {
    pollsLeft = 0;
    error1 = 0;
    inputWritten.clear();
    clock.forgetSynchronization();
    if (isCharging()) {
      state = ChargeStatus.ACTIVE_AFTER_POWER_FAILURE;
    } else {
      state = ChargeStatus.NOT_INITIALIZED;
      signature = ChargeStatus.SIGN_NOT_INITIALIZED;
    }
  }
}
