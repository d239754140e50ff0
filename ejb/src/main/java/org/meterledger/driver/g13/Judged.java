package org.meterledger.driver.g13;

import jakarta.json.JsonStructure;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.Secrets;
import org.meterledger.driver.http.Call;
import org.meterledger.driver.http.Reply;
import org.meterledger.driver.http.StatusFault;

/**
 * An answer of the gateway and whether it is a good one. The {@code status} in the body decides
 * also under 200, for some errors come with it (manual p. 203, 212, 223).
 *
 * @param json null where the body is none
 * @param fault null for a good answer; of a GET it still has to say what its resource promises
 * @param cut whether the answer began well and then broke off or went wrong
 * @param secrets what was sent and does not go with a fault; made where there is one
 */
record Judged(
    Reply reply, JsonStructure json, Fault fault, boolean cut, Supplier<Secrets> secrets) {

  private static final String JSON = "application/json";

  static Judged of(Endpoint.Http endpoint, Call call, Reply reply) {
    var what = endpoint.base() + call.path();
    Supplier<Secrets> secrets = () -> secrets(endpoint, call);
    var json = JsonBody.parse(reply.body()).orElse(null);
    if (reply.status() == 0) {
      return new Judged(reply, null, reply.fault(), false, secrets);
    }
    var judged = new Judged(reply, json, null, false, secrets);
    if (reply.status() == 401) {
      return judged.with(StatusFault.of(endpoint, reply), false);
    }
    var top = new Node("", json);
    if ("error".equalsIgnoreCase(top.textOr("status", ""))) {
      var words = secrets.get().mask(top.textOr("des", "no reason given"));
      return judged.with(new Fault(kind(reply.status(), words), what + ": " + words), false);
    }
    if (reply.status() < 200 || reply.status() > 299) {
      return judged.with(StatusFault.of(endpoint, reply), false);
    }
    if (reply.fault() != null) {
      return judged.with(reply.fault(), true);
    }
    if (json == null && !(reply.body().length == 0 && !"GET".equals(call.method()))) {
      var html = judged.text().stripLeading().startsWith("<");
      return html
          ? judged.with(new Fault(Kind.INVALID_DATA, what + " is a web page, not JSON"), false)
          : judged.with(new Fault(Kind.PROTOCOL, what + " is not JSON, or broke off"), true);
    }
    return judged;
  }

  private static Secrets secrets(Endpoint.Http endpoint, Call call) {
    var known = Secrets.of(endpoint.user(), endpoint.password());
    return JSON.equals(call.contentType())
        ? known.and(new String(call.body(), StandardCharsets.UTF_8))
        : known;
  }

  /** By the words first: the manual prints the same error under several statuses. */
  private static Kind kind(int status, String words) {
    var text = words.toLowerCase(Locale.ROOT);
    if (text.contains("denied") || text.contains("forbidden") || status == 403) {
      return Kind.ACCESS_DENIED;
    }
    if (text.contains("not found") || text.contains("not supported") || status == 404) {
      return Kind.UNSUPPORTED;
    }
    if (text.contains("missing")
        || text.contains("parse error")
        || text.contains("invalid request")
        || status == 400) {
      return Kind.INVALID_DATA;
    }
    return status == 503 || text.contains("progress") || text.contains("busy")
        ? Kind.BUSY
        : Kind.PROTOCOL;
  }

  private Judged with(Fault found, boolean broken) {
    return new Judged(reply, json, withAnswer(found), broken, secrets);
  }

  Judged with(JsonStructure mended) {
    return new Judged(reply, mended, null, false, secrets);
  }

  /** Whether a command may have been done although no good answer came. */
  boolean undecided() {
    return cut
        || reply.status() == 0
            && fault.kind() != Kind.UNREACHABLE
            && fault.kind() != Kind.BUSY
            && fault.kind() != Kind.INVALID_DATA;
  }

  /** What the gateway says in {@code /lasterror/} of an answer that broke off. */
  Judged explained(String words) {
    return words.isBlank()
        ? this
        : new Judged(
            reply,
            json,
            new Fault(
                fault.kind(), fault.detail() + ": " + secrets.get().mask(words), fault.answer()),
            cut,
            secrets);
  }

  private String text() {
    return new String(reply.body(), StandardCharsets.ISO_8859_1);
  }

  private Fault withAnswer(Fault found) {
    return new Fault(
        found.kind(), found.detail(), secrets.get().keptOf(reply.status(), reply.body()));
  }

  /**
   * @param what the address, for the sentence
   */
  <T> ReadResult<T> read(String what, Function<Node, T> read) {
    if (fault != null) {
      return new ReadResult.Failed<>(fault);
    }
    try {
      return ReadResult.complete(read.apply(new Node("", json)));
    } catch (BadAnswer e) {
      return new ReadResult.Failed<>(
          withAnswer(new Fault(Kind.INVALID_DATA, what + " " + e.getMessage())));
    }
  }
}
