package org.meterledger.driver.meterextension;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.Secrets;
import org.meterledger.driver.http.Call;
import org.meterledger.driver.http.HttpTransport;
import org.meterledger.driver.http.Reply;
import org.meterledger.driver.http.StatusFault;

/** Gives a box one command after the other, and says what its answers mean (manual 3.2). */
final class BoxConnection {

  private static final String PATH = "/api";

  /** A few hundred registers of each of a few meters, at some 100 bytes. */
  private static final int LARGEST_ANSWER = 512 << 10;

  private static final int OK = 200;
  private static final int SERVER_ERROR = 500;

  private final HttpTransport transport;
  private final Endpoint.Http endpoint;
  private final ReentrantLock conversation;
  private final Clock clock;
  private int lastId;

  /**
   * @param conversation held while the box is asked; the same for all that speak with it
   */
  BoxConnection(
      HttpTransport transport, Endpoint.Http endpoint, ReentrantLock conversation, Clock clock) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.conversation = conversation;
    this.clock = clock;
  }

  /** For sentences. */
  String address() {
    return endpoint.base().toString();
  }

  /**
   * What came for a command.
   *
   * @param object null exactly when there is a fault
   * @param undecided whether nobody knows if the box did it
   */
  private record Judged(JsonObject object, Fault fault, boolean undecided) {}

  /** Asks; a result that is not OK is a fault. */
  ReadResult<JsonObject> ask(String command) {
    var judged = judged(command, Json.createObjectBuilder());
    return judged.fault() == null
        ? ReadResult.complete(judged.object())
        : new ReadResult.Failed<>(judged.fault());
  }

  /** Tells it to do something. */
  CommandResult tell(String command, Map<String, String> arguments) {
    var builder = Json.createObjectBuilder();
    arguments.forEach(builder::add);
    var judged = judged(command, builder);
    if (judged.fault() == null) {
      return new CommandResult.Accepted(clock.instant());
    }
    return judged.undecided()
        ? new CommandResult.Unconfirmed(judged.fault())
        : new CommandResult.Refused(judged.fault());
  }

  /** Asks for what the box tells as plain text. */
  ReadResult<String> text(String command) {
    var id = nextId();
    var sent = request(command, id, Json.createObjectBuilder());
    var reply = converse(sent);
    if (reply.status() != OK || reply.fault() != null) {
      return new ReadResult.Failed<>(fault(reply, sent));
    }
    // what it does not know it says as it always does
    var object = BoxAnswer.parse(reply.body());
    if (object.isPresent()) {
      return new ReadResult.Failed<>(refusal(command, object.get()).fault());
    }
    return BoxAnswer.utf8(reply.body())
        .map(ReadResult::complete)
        .orElseGet(() -> new ReadResult.Failed<>(malformed(reply, sent, command)));
  }

  private Judged judged(String command, JsonObjectBuilder arguments) {
    var id = nextId();
    var sent = request(command, id, arguments);
    var reply = converse(sent);
    if (reply.status() != OK || reply.fault() != null) {
      var fault = fault(reply, sent);
      boolean there = fault.kind() != Kind.UNREACHABLE;
      boolean told = reply.status() != 0 && reply.status() != OK && reply.status() < SERVER_ERROR;
      return new Judged(null, fault, there && !told);
    }
    var object = BoxAnswer.parse(reply.body()).orElse(null);
    if (object == null) {
      return new Judged(null, malformed(reply, sent, command), true);
    }
    var echoed = BoxAnswer.text(object, BoxAnswer.ID).orElse("");
    if (!echoed.equals(id)) {
      return new Judged(
          null,
          new Fault(
              Kind.PROTOCOL,
              "%s answers %s to request %s"
                  .formatted(address(), echoed.isEmpty() ? "without id" : echoed, id),
              kept(reply, sent)),
          true);
    }
    return "OK".equals(BoxAnswer.text(object, BoxAnswer.RESULT).orElse(""))
            && !object.containsKey(BoxAnswer.ERROR)
        ? new Judged(object, null, false)
        : refusal(command, object);
  }

  private Judged refusal(String command, JsonObject object) {
    var error = BoxAnswer.text(object, BoxAnswer.ERROR);
    if (error.filter(BoxAnswer.UNKNOWN_COMMAND::equals).isPresent()) {
      return new Judged(
          null, new Fault(Kind.UNSUPPORTED, address() + " does not know " + command), false);
    }
    var why = error.or(() -> BoxAnswer.text(object, BoxAnswer.RESULT)).orElse("no result");
    return new Judged(
        null,
        new Fault(
            Kind.INVALID_DATA,
            "%s answers %s with %s".formatted(address(), command, Secrets.NONE.mask(why))),
        false);
  }

  /** What ended with the connection may have been cut, and asking again may bring the rest. */
  private Fault malformed(Reply reply, String sent, String command) {
    boolean whole =
        reply.header("content-length").isPresent() || reply.header("transfer-encoding").isPresent();
    return new Fault(
        whole ? Kind.INVALID_DATA : Kind.PROTOCOL,
        address() + " answers " + command + " with something that is not of this kind of device",
        kept(reply, sent));
  }

  private Fault fault(Reply reply, String sent) {
    if (reply.fault() != null) {
      return reply.fault();
    }
    var fault = StatusFault.of(endpoint, reply);
    return new Fault(fault.kind(), fault.detail(), kept(reply, sent));
  }

  private String kept(Reply reply, String sent) {
    return Secrets.of(endpoint.user(), endpoint.password())
        .and(sent)
        .keptOf(reply.status(), reply.body());
  }

  private String nextId() {
    lastId++;
    return String.valueOf(lastId);
  }

  private static String request(String command, String id, JsonObjectBuilder arguments) {
    return Json.createObjectBuilder()
        .add("cmd", command)
        .addAll(arguments)
        .add(BoxAnswer.ID, id)
        .build()
        .toString();
  }

  private Reply converse(String sent) {
    try {
      var patience = endpoint.timeout().toMillis() * 4;
      if (!conversation.tryLock(patience, TimeUnit.MILLISECONDS)) {
        return nothing(Kind.BUSY, address() + " is being asked by somebody else");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return nothing(Kind.TIMEOUT, "Stopped while waiting for " + address());
    }
    try {
      return transport.send(endpoint, Call.json("POST", PATH, sent), LARGEST_ANSWER);
    } finally {
      conversation.unlock();
    }
  }

  private static Reply nothing(Kind kind, String detail) {
    return new Reply(0, Map.of(), new byte[0], new Fault(kind, detail));
  }
}
