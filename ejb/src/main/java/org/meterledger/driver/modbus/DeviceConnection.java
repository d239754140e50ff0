package org.meterledger.driver.modbus;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** Asks over any wire in any frame, and trusts neither after the first fault. */
final class DeviceConnection implements ModbusConnection {

  /** Makes a new wire. */
  @FunctionalInterface
  interface Dialing {
    Wire dial() throws IOException;
  }

  /**
   * How one attempt went.
   *
   * @param fault null when there is a value
   * @param sent whether the device may have got the request
   * @param again whether a new connection may do better
   */
  private record Outcome<T>(T value, Fault fault, boolean sent, boolean again) {}

  /** Turns of others are waited for, in time-outs. */
  private static final int PATIENCE = 12;

  /** Answers that may still come from before. */
  private static final int MOST_LATE = 8;

  /** Time for all devices of a line to do what they all were told; they do not say when. */
  private static final long TURNAROUND = 100_000_000;

  private final Endpoint.Modbus endpoint;
  private final Framing framing;
  private final Dialing dialing;
  private final Place place;
  private final Clock clock;
  private final int unit;
  private int transaction = ThreadLocalRandom.current().nextInt(1 << 16);
  private Wire wire;
  private boolean entered;

  DeviceConnection(
      Endpoint.Modbus endpoint, Framing framing, Dialing dialing, Place place, Clock clock) {
    this.endpoint = endpoint;
    this.framing = framing;
    this.dialing = dialing;
    this.place = place;
    this.clock = clock;
    this.unit = endpoint.address().unit();
  }

  @Override
  public ReadResult<Words> readHolding(int address, int count) {
    return read(Question.readHolding(address, count));
  }

  @Override
  public ReadResult<Words> readInput(int address, int count) {
    return read(Question.readInput(address, count));
  }

  @Override
  public ReadResult<byte[]> reportSlaveId() {
    return read(Question.report());
  }

  @Override
  public CommandResult writeSingle(int address, int value) {
    return write(Question.writeSingle(address, value));
  }

  @Override
  public CommandResult writeMultiple(int address, int... values) {
    return write(Question.writeMultiple(address, values));
  }

  private <T> ReadResult<T> read(Question<T> question) {
    if (toAll()) {
      return ReadResult.failed(
          Kind.UNSUPPORTED,
          endpoint + " means all devices, of which none answers; nothing was sent");
    }
    var outcome = attempt(question);
    if (outcome.again()) {
      outcome = attempt(question);
    }
    return outcome.fault() == null
        ? ReadResult.complete(outcome.value())
        : new ReadResult.Failed<>(outcome.fault());
  }

  private CommandResult write(Question<Void> question) {
    var outcome = attempt(question);
    if (outcome.again() && !outcome.sent()) {
      outcome = attempt(question);
    }
    if (outcome.fault() == null) {
      return new CommandResult.Accepted(clock.instant());
    }
    return outcome.sent()
        ? new CommandResult.Unconfirmed(outcome.fault())
        : new CommandResult.Refused(outcome.fault());
  }

  /** Nobody answers what all were asked, except over Modbus TCP, where one is connected to one. */
  private boolean toAll() {
    return unit == 0 && !framing.numbered();
  }

  private <T> Outcome<T> attempt(Question<T> question) {
    var obstacle = enter();
    if (obstacle != null) {
      return new Outcome<>(null, obstacle, false, false);
    }
    try {
      connect();
    } catch (IOException e) {
      hangUp();
      var fault = TransportFault.connecting(endpoint, e);
      return new Outcome<>(null, fault, false, false);
    }
    try {
      clear();
    } catch (IOException e) {
      return broken(e, false);
    }
    try {
      return ask(question);
    } catch (Declined e) {
      var fault = Refusal.of(endpoint.toString(), question, e);
      return new Outcome<>(null, fault, e.code() == Refusal.STILL_AT_IT, false);
    } catch (IOException e) {
      return broken(e, true);
    }
  }

  private <T> Outcome<T> broken(IOException thrown, boolean sent) {
    hangUp();
    place.owes(unit);
    var fault = TransportFault.asking(endpoint, thrown);
    return new Outcome<>(null, fault, sent, !Thread.currentThread().isInterrupted());
  }

  private Fault enter() {
    if (entered) {
      return null;
    }
    try {
      entered = place.enter(endpoint.timeout().toMillis() * PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Fault(Kind.TIMEOUT, "Stopped while waiting for " + endpoint);
    }
    return entered ? null : new Fault(Kind.BUSY, endpoint + " is being asked by somebody else");
  }

  private void connect() throws IOException {
    if (wire != null && disturbed()) {
      hangUp();
      place.owes(unit);
    }
    if (wire == null) {
      wire = dialing.dial();
    }
  }

  private boolean disturbed() {
    try {
      return wire.disturbed();
    } catch (IOException e) {
      return true;
    }
  }

  private <T> Outcome<T> ask(Question<T> question) throws IOException, Declined {
    transaction = transaction + 1 & 0xffff;
    var request = framing.frame(transaction, unit, question.pdu());
    wire.write(request);
    if (toAll()) {
      LockSupport.parkNanos(wire.nanosFor(request.length) + TURNAROUND);
      var fault =
          new Fault(Kind.UNCONFIRMED, endpoint + " means all devices, of which none answers");
      return new Outcome<>(null, fault, true, false);
    }
    var way = wire.nanosFor(request.length + framing.length(question.longest()));
    var deadline = System.nanoTime() + endpoint.timeout().toNanos() + way;
    var pdu = framing.read(wire, transaction, unit, deadline);
    return new Outcome<>(question.answer(pdu), null, true, false);
  }

  /**
   * Gets late answers out of the way. A new connection is not enough where a serial server or the
   * line itself keeps them, and they do not say what they answer. So the device is asked to report
   * itself: what comes before that is late, and that itself cannot be taken for registers. One that
   * never reports itself is listened to instead, until it has been silent for the time-out.
   */
  private void clear() throws IOException {
    if (!place.isOwing(unit) || framing.numbered() || toAll()) {
      return;
    }
    var question = Question.report();
    var request = framing.frame(transaction, unit, question.pdu());
    wire.write(request);
    for (var late = 0; late < MOST_LATE; late++) {
      var way = wire.nanosFor(request.length + framing.length(question.longest()));
      var deadline = System.nanoTime() + endpoint.timeout().toNanos() + way;
      var before = wire.heard();
      try {
        var pdu = framing.read(wire, transaction, unit, deadline);
        if ((pdu[0] & ~Question.EXCEPTION & 0xff) == Question.REPORT) {
          place.reports(unit);
          place.settled(unit);
          return;
        }
      } catch (SocketTimeoutException e) {
        if (place.isReporting(unit) || wire.heard() > before) {
          throw e;
        }
        place.settled(unit);
        return;
      }
    }
    throw BadAnswer.protocol("sends more than it was asked for");
  }

  private void hangUp() {
    if (wire != null) {
      try {
        wire.close();
      } catch (IOException e) {
        // nothing is expected of it any more
      }
      wire = null;
    }
  }

  @Override
  public String address() {
    return endpoint.toString();
  }

  @Override
  public void close() {
    hangUp();
    if (entered) {
      entered = false;
      place.leave();
    }
  }
}
