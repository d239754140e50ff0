package org.meterledger.reading;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.meterledger.charging.RecordSigner;
import org.meterledger.driver.Block;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ChargeCycleTarget;
import org.meterledger.driver.ChargingSource;
import org.meterledger.driver.ChargingSource.SignedRecord;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.metering.Cursor;
import org.meterledger.simulators.SettableClock;

/** A meter that signs records, in the place of another one; what goes wrong is set by the test. */
final class ChargingDriver implements MeterDriver {

  private static final int BLOCK = 2;

  final RecordSigner signer;
  final List<String> log = new ArrayList<>();
  final List<String> sent = new ArrayList<>();
  final List<String> errors = new ArrayList<>();
  ChargeCycleTarget.State state = ChargeCycleTarget.State.NOT_INITIALISED;
  String key;

  /** So many records it still gives before it falls silent. */
  int gives = Integer.MAX_VALUE;

  /** What it answers instead of the record with a number, counted from 1. */
  final Map<Integer, Fault> unreadable = new HashMap<>();

  /** What it answers to a step instead of doing it; null for doing it. */
  CommandResult answer;

  /** Whether it does a step although it answers something else. */
  boolean doesAllTheSame;

  /** Whether the record of a step can be fetched. */
  boolean givesRecord = true;

  private final MeterDriver replaced;
  private final String serialNumber;
  private final SettableClock clock;

  ChargingDriver(MeterDriver replaced, String serialNumber, SettableClock clock) {
    this.replaced = replaced;
    this.serialNumber = serialNumber;
    this.clock = clock;
    signer = new RecordSigner(serialNumber);
    key = signer.key();
  }

  void charge(String begin, String end) {
    log.add(signer.record(log.size() + 1, clock.instant(), 'B', begin));
    log.add(signer.record(log.size() + 1, clock.instant().plusSeconds(60), 'E', end));
  }

  @Override
  public String protocol() {
    return replaced.protocol();
  }

  @Override
  public Set<Class<? extends Capability>> capabilities(MeterModel model) {
    return Set.of(ChargingSource.class, ChargeCycleTarget.class);
  }

  @Override
  public MeterSession open(MeterModel model, Endpoint endpoint) {
    return new Session();
  }

  private final class Session implements MeterSession {

    @Override
    public ReadResult<Identification> identify() {
      return ReadResult.complete(
          new Identification(serialNumber, "Maker", "Model", "1", clock.instant()));
    }

    @Override
    public <C extends Capability> Optional<C> as(Class<C> capability) {
      return List.of(new Log(), new CycleOf()).stream()
          .filter(capability::isInstance)
          .map(capability::cast)
          .findFirst();
    }

    @Override
    public void close() {}
  }

  private static <T> ReadResult<T> silence() {
    return ReadResult.failed(Kind.TIMEOUT, "No answer");
  }

  private final class Log implements ChargingSource {

    @Override
    public ReadResult<String> readPublicKey() {
      return key == null
          ? ReadResult.failed(Kind.UNSUPPORTED, "It tells no key")
          : ReadResult.complete(key);
    }

    @Override
    public ReadResult<ChargingSource.Log> readLog() {
      return ReadResult.complete(
          new ChargingSource.Log(log.size(), null, log.isEmpty() ? null : 1L, (long) log.size()));
    }

    @Override
    public ReadResult<Block<List<SignedRecord>>> readRecords(Cursor cursor) {
      var records = new ArrayList<SignedRecord>();
      var next = cursor;
      int first = (int) Math.max(cursor.index(), 0);
      for (int i = first; i < Math.min(first + BLOCK, log.size()); i++) {
        var fault = gives-- <= 0 ? new Fault(Kind.TIMEOUT, "No answer") : unreadable.get(i + 1);
        if (fault != null) {
          var part = block(records, next, true);
          return records.isEmpty()
              ? new ReadResult.Failed<>(fault)
              : new ReadResult.Partial<>(part, fault);
        }
        records.add(new SignedRecord(i + 1L, log.size() - 1 - i, log.get(i)));
        next = cursor.at(i + 1L, clock.instant());
      }
      return ReadResult.complete(block(records, next, first + BLOCK < log.size()));
    }

    private Block<List<SignedRecord>> block(List<SignedRecord> records, Cursor next, boolean more) {
      return new Block<>(records, next, more, List.of(), List.of(), List.of());
    }

    @Override
    public ReadResult<SignedRecord> readRecord(Lookup by, long value) {
      int place = (int) (by == Lookup.POSITION ? log.size() - 1 - value : value - 1);
      if (unreadable.containsKey(place + 1)) {
        return new ReadResult.Failed<>(unreadable.get(place + 1));
      }
      return place < 0 || place >= log.size()
          ? ReadResult.failed(Kind.UNSUPPORTED, "The log holds no such record")
          : ReadResult.complete(
              new SignedRecord(place + 1L, log.size() - 1 - place, log.get(place)));
    }
  }

  private final class CycleOf implements ChargeCycleTarget {

    @Override
    public int longestInput() {
      return 1024;
    }

    @Override
    public ReadResult<Cycle> readCycle() {
      return gives <= 0
          ? silence()
          : ReadResult.complete(new Cycle(state, List.of(), List.copyOf(errors)));
    }

    @Override
    public CommandResult prepare(String input) {
      sent.add(input);
      if (answer != null) {
        return answer;
      }
      state = State.IDLE;
      return new CommandResult.Accepted(clock.instant());
    }

    @Override
    public Done sign(Step step) {
      sent.add(step.name());
      if (answer != null && !doesAllTheSame) {
        return new Done(answer, null);
      }
      Instant now = clock.instant();
      char letter = step == Step.BEGIN ? 'B' : step == Step.INTERMEDIATE ? 'C' : 'E';
      state =
          step == Step.BEGIN || step == Step.INTERMEDIATE ? State.ACTIVE : State.NOT_INITIALISED;
      log.add(signer.record(log.size() + 1, now, letter, "1.50"));
      var accepted = answer == null ? new CommandResult.Accepted(now) : answer;
      return new Done(
          accepted, givesRecord ? new SignedRecord(null, null, log.get(log.size() - 1)) : null);
    }

    @Override
    public CommandResult resetErrors() {
      sent.add(Step.RESET_ERRORS.name());
      errors.clear();
      return new CommandResult.Accepted(clock.instant());
    }
  }
}
