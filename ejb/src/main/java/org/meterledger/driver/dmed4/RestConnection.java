package org.meterledger.driver.dmed4;

import jakarta.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

/**
 * Requests to the REST interface (manual p. 6 to 15). Behind a DMED4DC1 the channel of the meter
 * goes along in each; the address of such a meter ends with it, as in {@code http://10.0.0.7/2}.
 */
final class RestConnection {

  /** The longest answer is a record of 1 kB, as JSON. */
  private static final int LARGEST = 64 << 10;

  private static final Pattern CHANNEL = Pattern.compile("(?:/v1)?/([1-4])");
  private static final int OK = 200;
  private static final int REFUSED = 400;
  private static final String REFUSES = "refuses this request (HTTP 400)";
  private static final int NOT_IMPLEMENTED = 501;

  /** What says that a request never got there. */
  private static final Set<Kind> NOT_SENT = Set.of(Kind.UNREACHABLE);

  private final HttpTransport transport;
  private final Endpoint.Http endpoint;
  private final String password;
  private final Secrets secrets;
  private final Clock clock;
  private final String root;

  private boolean loggedIn;

  /**
   * @throws IllegalArgumentException when the address has a path that is no channel
   */
  RestConnection(HttpTransport transport, Endpoint.Http given, Clock clock) {
    this.transport = transport;
    this.password = given.password();
    this.secrets = Secrets.of(given.user(), given.password());
    this.clock = clock;
    var base = given.base();
    var channel = CHANNEL.matcher(given.path());
    if (!takes(given)) {
      throw new IllegalArgumentException(
          "The path of " + base + " is none of the channels 1 to 4 of a DMED4DC1");
    }
    this.root = channel.matches() ? "/v1/" + channel.group(1) + "/" : "/v1/";
    var server = URI.create(base.getScheme() + "://" + base.getRawAuthority());
    // The password is for the login only.
    this.endpoint =
        new Endpoint.Http(server, null, null, given.timeout(), given.pin(), given.zone());
  }

  /** Whether there is no path, or that of a channel. */
  static boolean takes(Endpoint.Http endpoint) {
    return endpoint.path().isEmpty() || CHANNEL.matcher(endpoint.path()).matches();
  }

  String address() {
    return endpoint.base() + (root.length() > 4 ? root.substring(3, root.length() - 1) : "");
  }

  /** The same device without the channel of a meter. */
  RestConnection root() {
    return new RestConnection(transport, endpoint, clock);
  }

  String password() {
    return password;
  }

  /** As the meter said last. */
  boolean loggedIn() {
    return loggedIn;
  }

  void setLoggedIn(boolean now) {
    loggedIn = now;
  }

  ReadResult<JsonAnswer> get(String resource) {
    return get(resource, Map.of());
  }

  /** Nothing is to be changed: what the meter refuses to tell it does not have. */
  ReadResult<JsonAnswer> get(String resource, Map<String, String> query) {
    return get(resource, query, REFUSES);
  }

  /**
   * @param refused what it means that the meter refuses this, for a sentence
   */
  ReadResult<JsonAnswer> get(String resource, Map<String, String> query, String refused) {
    var answer = whole(resource, query);
    var fault = Results.fault(answer);
    return fault != null && fault.kind() == Kind.NOT_TAKEN
        ? new ReadResult.Failed<>(
            new Fault(Kind.UNSUPPORTED, address() + "/" + resource + " " + refused, fault.answer()))
        : Results.then(answer, body -> object(resource, body));
  }

  /** A whole answer, whatever it says; NOT_TAKEN where the meter refuses the request. */
  ReadResult<byte[]> whole(String resource, Map<String, String> query) {
    var reply = transport.send(endpoint, Call.get(path(resource, query)), LARGEST);
    var fault = fault(reply, address() + "/" + resource);
    return fault == null ? ReadResult.complete(reply.body()) : new ReadResult.Failed<>(fault);
  }

  /** What a whole answer says; PROTOCOL or INVALID_DATA where that is no JSON object. */
  ReadResult<JsonAnswer> object(String resource, byte[] body) {
    var text = new String(body, StandardCharsets.UTF_8);
    return JsonAnswer.of(text)
        .map(ReadResult::complete)
        .orElseGet(() -> new ReadResult.Failed<>(noObject(resource, text, body)));
  }

  private Fault noObject(String resource, String text, byte[] body) {
    var what = address() + "/" + resource;
    var start = text.stripLeading();
    return start.startsWith("<") || start.startsWith("[")
        ? with(new Fault(Kind.INVALID_DATA, what + " is not of this kind of meter"), OK, body)
        : with(new Fault(Kind.PROTOCOL, what + " is not a JSON object"), OK, body);
  }

  /** Parameters go along in the query, as the manual shows it. */
  CommandResult put(String resource, Map<String, String> query) {
    return command(new Call("PUT", path(resource, query), "", new byte[0]), resource);
  }

  CommandResult post(String resource, JsonObject body) {
    return post(resource, body.toString());
  }

  CommandResult post(String resource, String body) {
    return command(Call.json("POST", path(resource, Map.of()), body), resource);
  }

  /** Whether it is taken, tells the meter's status only. */
  void sendPassword() {
    put("login", Map.of("password", password));
  }

  private CommandResult command(Call call, String resource) {
    var reply = transport.send(endpoint, call, LARGEST);
    var fault = fault(reply, address() + "/" + resource);
    if (fault == null) {
      return new CommandResult.Accepted(clock.instant());
    }
    var undecided = reply.status() == 0 ? !NOT_SENT.contains(fault.kind()) : reply.status() == OK;
    return undecided ? new CommandResult.Unconfirmed(fault) : new CommandResult.Refused(fault);
  }

  private Fault fault(Reply reply, String what) {
    if (reply.status() == 0) {
      return reply.fault();
    }
    if (reply.status() == REFUSED) {
      return with(new Fault(Kind.NOT_TAKEN, what + " " + REFUSES), reply);
    }
    if (reply.status() == NOT_IMPLEMENTED) {
      return with(new Fault(Kind.UNSUPPORTED, what + " is not implemented (HTTP 501)"), reply);
    }
    return reply.status() == OK ? reply.fault() : with(StatusFault.of(endpoint, reply), reply);
  }

  private Fault with(Fault fault, Reply reply) {
    return with(fault, reply.status(), reply.body());
  }

  private Fault with(Fault fault, int status, byte[] body) {
    return new Fault(fault.kind(), secrets.mask(fault.detail()), secrets.keptOf(status, body));
  }

  private String path(String resource, Map<String, String> query) {
    var parameters =
        query.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(each -> each.getKey() + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    return root + resource + (parameters.isEmpty() ? "" : "?" + parameters);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
