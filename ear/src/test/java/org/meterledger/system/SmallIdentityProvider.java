package org.meterledger.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * An identity provider (OpenID Connect Core 1.0, code flow with PKCE by RFC 7636) where everybody
 * is whom the test says, without a page of its own. It is strict with its client, and can be told
 * to behave as a forger, a fool or a wreck.
 */
final class SmallIdentityProvider implements AutoCloseable {

  static final String CLIENT = "meterledger";
  static final String SECRET = "what the client and the provider know";

  /** How an answer is spoilt. */
  enum Trick {
    NONE,
    /** The person says no. */
    REFUSES,
    /** The answer fits another question. */
    OTHER_STATE,
    /** The answer says that it comes from elsewhere. */
    OTHER_ISSUER_IN_ANSWER,
    OTHER_ISSUER,
    OTHER_AUDIENCE,
    OTHER_NONCE,
    EXPIRED,
    OTHER_KEY,
    UNSIGNED,
    /** HS256 with the secret of the client, which others may have too. */
    SIGNED_BY_SECRET,
    NO_SUBJECT,
    NO_ID_TOKEN,
    TELLS_OF_SOMEBODY_ELSE,
    GARBAGE,
    HANGS_UP
  }

  /** Whom it takes everybody for. */
  record Person(String subject, String name, List<String> groups, List<String> factors) {}

  private record Asked(String challenge, String nonce, String callback, Person person) {}

  private final HttpServer server;
  private final KeyPair key = key();
  private final KeyPair other = key();
  private final Map<String, Asked> codes = new ConcurrentHashMap<>();
  private final Map<String, Person> access = new ConcurrentHashMap<>();
  private volatile Person person;
  private volatile Trick trick = Trick.NONE;
  private volatile boolean smallTokens;

  SmallIdentityProvider() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  URI issuer() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/realm");
  }

  /** From now on everybody is this person. */
  void is(Person whoever) {
    person = whoever;
    trick = Trick.NONE;
    smallTokens = false;
  }

  void plays(Trick played) {
    trick = played;
  }

  /** Groups are told only when asked for with the access token. */
  void keepsTokensSmall() {
    smallTokens = true;
  }

  private static KeyPair key() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestURI().getPath()) {
        case "/realm/.well-known/openid-configuration" -> send(exchange, 200, metadata());
        case "/realm/keys" -> send(exchange, 200, keys());
        case "/realm/authorize" -> authorize(exchange);
        case "/realm/token" -> token(exchange);
        case "/realm/userinfo" -> userInfo(exchange);
        default -> send(exchange, 404, "{}");
      }
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private String metadata() {
    return json(
        "'issuer':'%1$s','authorization_endpoint':'%1$s/authorize','token_endpoint':'%1$s/token',"
            + "'userinfo_endpoint':'%1$s/userinfo','jwks_uri':'%1$s/keys',"
            + "'response_types_supported':['code'],'subject_types_supported':['public'],"
            + "'id_token_signing_alg_values_supported':['RS256'],"
            + "'code_challenge_methods_supported':['S256'],"
            + "'authorization_response_iss_parameter_supported':true",
        issuer());
  }

  private String keys() {
    var key = (RSAPublicKey) this.key.getPublic();
    return json(
        "'keys':[{'kty':'RSA','use':'sig','alg':'RS256','kid':'1','n':'%s','e':'%s'}]",
        unsigned(key.getModulus().toByteArray()), unsigned(key.getPublicExponent().toByteArray()));
  }

  private static String unsigned(byte[] number) {
    return base64(number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number);
  }

  private void authorize(HttpExchange exchange) throws IOException {
    var asked = parameters(exchange.getRequestURI().getRawQuery());
    if (!CLIENT.equals(asked.get("client_id"))
        || !"code".equals(asked.get("response_type"))
        || !"S256".equals(asked.get("code_challenge_method"))
        || !List.of(asked.getOrDefault("scope", "").split(" ")).contains("openid")
        || asked.get("nonce") == null
        || asked.get("state") == null) {
      send(exchange, 400, "{}");
      return;
    }
    String code = UUID.randomUUID().toString();
    codes.put(
        code,
        new Asked(
            asked.get("code_challenge"), asked.get("nonce"), asked.get("redirect_uri"), person));
    String answer = trick == Trick.REFUSES ? "error=access_denied" : "code=" + code;
    String state = trick == Trick.OTHER_STATE ? "another" : asked.get("state");
    String from = trick == Trick.OTHER_ISSUER_IN_ANSWER ? "https://elsewhere" : issuer().toString();
    exchange
        .getResponseHeaders()
        .set(
            "Location",
            asked.get("redirect_uri")
                + "?"
                + answer
                + "&state="
                + URLEncoder.encode(state, UTF_8)
                + "&iss="
                + URLEncoder.encode(from, UTF_8));
    exchange.sendResponseHeaders(303, -1);
  }

  private void token(HttpExchange exchange) throws IOException, GeneralSecurityException {
    if (trick == Trick.HANGS_UP) {
      return;
    }
    var given = parameters(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    var asked = codes.remove(given.getOrDefault("code", ""));
    String client = CLIENT + ":" + URLEncoder.encode(SECRET, UTF_8);
    boolean known =
        ("Basic " + Base64.getEncoder().encodeToString(client.getBytes(UTF_8)))
            .equals(exchange.getRequestHeaders().getFirst("Authorization"));
    if (!known) {
      send(exchange, 401, json("'error':'invalid_client'"));
    } else if (asked == null
        || !asked.callback().equals(given.get("redirect_uri"))
        || !asked.challenge().equals(challenge(given.get("code_verifier")))) {
      send(exchange, 400, json("'error':'invalid_grant'"));
    } else if (trick == Trick.GARBAGE) {
      send(exchange, 200, "<html>");
    } else {
      String opaque = UUID.randomUUID().toString();
      access.put(opaque, asked.person());
      String idToken = trick == Trick.NO_ID_TOKEN ? "" : ",'id_token':'" + idToken(asked) + "'";
      send(
          exchange,
          200,
          json("'access_token':'%s','token_type':'Bearer','expires_in':60%s", opaque, idToken));
    }
  }

  private static String challenge(String verifier) throws GeneralSecurityException {
    return base64(
        MessageDigest.getInstance("SHA-256").digest(String.valueOf(verifier).getBytes(UTF_8)));
  }

  private String idToken(Asked asked) throws GeneralSecurityException {
    var now = Instant.now();
    String claims =
        json(
            "'iss':'%s','aud':'%s','nonce':'%s','iat':%d,'exp':%d,'preferred_username':'%s',"
                + "'amr':%s%s%s",
            trick == Trick.OTHER_ISSUER ? "https://elsewhere" : issuer(),
            trick == Trick.OTHER_AUDIENCE ? "another-client" : CLIENT,
            trick == Trick.OTHER_NONCE ? "another" : asked.nonce(),
            now.getEpochSecond() - 600,
            now.getEpochSecond() + (trick == Trick.EXPIRED ? -300 : 300),
            asked.person().name(),
            list(asked.person().factors()),
            trick == Trick.NO_SUBJECT ? "" : ",'sub':'" + asked.person().subject() + "'",
            smallTokens ? "" : ",'groups':" + list(asked.person().groups()));
    String algorithm =
        trick == Trick.UNSIGNED ? "none" : trick == Trick.SIGNED_BY_SECRET ? "HS256" : "RS256";
    String signed =
        base64(json("'alg':'%s','kid':'1'", algorithm).getBytes(UTF_8))
            + "."
            + base64(claims.getBytes(UTF_8));
    return signed + "." + base64(signature(algorithm, signed.getBytes(UTF_8)));
  }

  private byte[] signature(String algorithm, byte[] signed) throws GeneralSecurityException {
    switch (algorithm) {
      case "none":
        return new byte[0];
      case "HS256":
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
        return mac.doFinal(signed);
      default:
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign((trick == Trick.OTHER_KEY ? other : key).getPrivate());
        signature.update(signed);
        return signature.sign();
    }
  }

  private void userInfo(HttpExchange exchange) throws IOException {
    String bearer = exchange.getRequestHeaders().getFirst("Authorization");
    var who = bearer == null ? null : access.get(bearer.substring("Bearer ".length()));
    if (who == null) {
      send(exchange, 401, "{}");
      return;
    }
    String subject = trick == Trick.TELLS_OF_SOMEBODY_ELSE ? "somebody" : who.subject();
    send(exchange, 200, json("'sub':'%s','groups':%s", subject, list(who.groups())));
  }

  private static String list(List<String> texts) {
    return texts.stream().collect(Collectors.joining("','", "['", "']")).replace("['']", "[]");
  }

  private static String json(String members, Object... values) {
    return "{" + String.format(members, values).replace('\'', '"') + "}";
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static Map<String, String> parameters(String form) {
    return Arrays.stream(form.split("&"))
        .map(pair -> pair.split("=", 2))
        .filter(pair -> pair.length == 2)
        .collect(Collectors.toMap(pair -> pair[0], pair -> URLDecoder.decode(pair[1], UTF_8)));
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
