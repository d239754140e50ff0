package org.meterledger.driver.g13;

import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.http.Call;
import org.meterledger.driver.http.HttpTransport;
import org.meterledger.driver.http.Reply;

/** Asks a gateway, one request at a time, and says what its answers mean (manual 6.1). */
final class G13Connection {

  /** Of POST, PUT and DELETE, in bytes (manual p. 54). */
  static final int LARGEST_PAYLOAD = 512;

  /** All 40 000 items of a meter's load profiles, and then some. */
  private static final int LARGEST_ANSWER = 4 << 20;

  private final HttpTransport transport;
  private final Endpoint.Http endpoint;
  private final ReentrantLock conversation;
  private final Clock clock;

  /**
   * @param conversation held while the gateway is asked; the same for all that speak with it
   */
  G13Connection(
      HttpTransport transport, Endpoint.Http endpoint, ReentrantLock conversation, Clock clock) {
    this.transport = transport;
    this.endpoint = endpoint;
    this.conversation = conversation;
    this.clock = clock;
  }

  String address() {
    return endpoint.base().toString();
  }

  Endpoint.Http endpoint() {
    return endpoint;
  }

  Clock clock() {
    return clock;
  }

  /**
   * @param read takes the answer apart; it may throw {@link BadAnswer}
   */
  <T> ReadResult<T> get(String path, Function<Node, T> read) {
    return read(Call.get(path), read);
  }

  /** As {@link #get}; a list that was cut is Partial, with the items that came whole. */
  <T> ReadResult<T> getList(String path, Function<Node, T> read) {
    var judged = judged(Call.get(path));
    var whole = judged.read(address() + path, read);
    if (judged.cut()) {
      var rest = JsonBody.mended(judged.reply().body()).map(judged::with);
      if (rest.isPresent()
          && rest.get().read(address() + path, read) instanceof ReadResult.Complete<T> kept) {
        return new ReadResult.Partial<>(kept.value(), judged.fault());
      }
    }
    return whole;
  }

  /** A request of which the answer tells more than that it was done. */
  <T> ReadResult<T> send(String method, String path, JsonObject payload, Function<Node, T> read) {
    var call = Call.json(method, path, payload.toString());
    var refusal = tooLarge(call);
    return refusal != null ? new ReadResult.Failed<>(refusal) : read(call, read);
  }

  private <T> ReadResult<T> read(Call call, Function<Node, T> read) {
    return judged(call).read(address() + call.path(), read);
  }

  CommandResult post(String path, JsonObject payload) {
    return command(Call.json("POST", path, payload.toString()));
  }

  CommandResult put(String path, JsonObject payload) {
    return command(Call.json("PUT", path, payload.toString()));
  }

  CommandResult delete(String path, JsonObject payload) {
    return command(Call.json("DELETE", path, payload.toString()));
  }

  /** Without payload. */
  CommandResult command(String method, String path) {
    return command(new Call(method, path, "", new byte[0]));
  }

  private CommandResult command(Call call) {
    var refusal = tooLarge(call);
    return refusal != null ? new CommandResult.Refused(refusal) : upload(call);
  }

  /** A command of any size; only for the firmware image. */
  CommandResult upload(Call call) {
    var judged = judged(call);
    var fault = judged.fault();
    if (fault == null) {
      return new CommandResult.Accepted(clock.instant());
    }
    // Without a whole answer nobody knows whether it was done.
    return judged.undecided()
        ? new CommandResult.Unconfirmed(fault)
        : new CommandResult.Refused(fault);
  }

  private Fault tooLarge(Call call) {
    var size = call.body().length;
    return size <= LARGEST_PAYLOAD
        ? null
        : new Fault(
            Kind.INVALID_DATA,
            "The gateway takes at most %d bytes in one request; this one would have %d and was not sent"
                .formatted(LARGEST_PAYLOAD, size));
  }

  private Judged judged(Call call) {
    var reply = converse(call);
    var judged = Judged.of(endpoint, call, reply);
    var error = reply.header("link").map(LastError::id).orElse(0L);
    if (error == 0 || judged.fault() == null || !judged.cut()) {
      return judged;
    }
    var told =
        Judged.of(endpoint, call, converse(Call.get(LastError.PATH + error)))
            .read(address() + LastError.PATH + error, LastError::of);
    return told instanceof ReadResult.Complete<LastError> complete
        ? judged.explained(complete.value().description())
        : judged;
  }

  private Reply converse(Call call) {
    try {
      var patience = endpoint.timeout().toMillis() * 12;
      if (!conversation.tryLock(patience, TimeUnit.MILLISECONDS)) {
        return nothing(Kind.BUSY, address() + " is being asked by somebody else");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return nothing(Kind.TIMEOUT, "Stopped while waiting for " + address());
    }
    try {
      return transport.send(endpoint, call, LARGEST_ANSWER);
    } finally {
      conversation.unlock();
    }
  }

  private static Reply nothing(Kind kind, String detail) {
    return new Reply(0, Map.of(), new byte[0], new Fault(kind, detail));
  }

  /** The size that a payload has on its way. */
  static int size(JsonObject payload) {
    return payload.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}
