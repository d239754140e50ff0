package org.meterledger.simulators.g13;

import java.lang.System.Logger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The gateway's web server: lets users in, checks what holds for all resources, and answers. */
final class Site {
  /** Most bytes of the payload of an update (p. 50). */
  static final int LARGEST_UPDATE = 512;

  private static final Logger LOGGER = System.getLogger(Site.class.getName());
  private static final Router ROUTER = new Router();
  private static final String BASIC = "Basic ";

  private final G13Gateway gateway;

  Site(G13Gateway gateway) {
    this.gateway = gateway;
  }

  /**
   * A request as it came.
   *
   * @param authorization the header's value, or null
   * @param contentType the header's value, or null
   */
  record Request(String verb, String uri, String authorization, String contentType, byte[] body) {
    boolean isUpload() {
      return uri.equals("/firmware")
          && verb.equals("POST")
          && contentType != null
          && contentType.startsWith("multipart/form-data");
    }
  }

  /**
   * Answers a request.
   *
   * @param fault only those of meters and updates matter here
   */
  Answer answer(Request request, Optional<Fault> fault) {
    synchronized (gateway) {
      Optional<Users.User> user = user(request.authorization());
      if (user.isEmpty()) {
        return Answer.unauthorized();
      }
      try {
        gateway.touchSession(user.get().name, gateway.now());
        check(request);
        String body = new String(request.body(), StandardCharsets.UTF_8);
        return ROUTER.answer(gateway, user.get(), request.verb(), request.uri(), body, fault);
      } catch (Refused refused) {
        return Answer.error(refused.status(), refused.getMessage());
      } catch (RuntimeException bug) {
        // Unanswered, it would look like a slow gateway.
        LOGGER.log(Logger.Level.ERROR, () -> request.verb() + " " + request.uri(), bug);
        return Answer.error(500, G13Gateway.BROKEN);
      }
    }
  }

  private static void check(Request request) {
    if (request.isUpload()) {
      return;
    }
    boolean empty = request.body().length == 0;
    if (request.verb().equals("GET") && !empty) {
      throw Refused.invalid();
    }
    String type = request.contentType();
    if (!empty && type != null && !type.startsWith(Answer.JSON)) {
      throw Refused.invalid();
    }
    if (request.body().length > LARGEST_UPDATE) {
      // Only so much is read, and then the JSON has no end.
      throw Refused.parse();
    }
  }

  private Optional<Users.User> user(String authorization) {
    if (authorization == null || !authorization.startsWith(BASIC)) {
      return Optional.empty();
    }
    String credentials;
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).trim());
      credentials = new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
    int colon = credentials.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    return gateway
        .users
        .of(credentials.substring(0, colon))
        .filter(user -> user.hasKey(credentials.substring(colon + 1)));
  }
}
