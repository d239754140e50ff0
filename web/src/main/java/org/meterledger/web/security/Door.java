package org.meterledger.web.security;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.meterledger.web.api.Problem;
import org.meterledger.web.security.SecurityLog.Event;

/** What no request may do, whoever it comes from; asked before anybody is let in. */
@ApplicationScoped
public class Door {

  private static final int TOO_MANY = 429;
  private static final int PERMANENT_REDIRECT = 308;
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private final HttpSettings settings;
  private final RateLimits limits;

  /** For the client proxy only. */
  protected Door() {
    this(null, null);
  }

  @Inject
  Door(RateLimits limits) {
    this(limits, HttpSettings.of(System.getenv()));
  }

  Door(RateLimits limits, HttpSettings settings) {
    this.limits = limits;
    this.settings = settings;
  }

  /** Whether a request goes no further; then it is answered. */
  boolean turnsAway(HttpServletRequest request, HttpServletResponse response) throws IOException {
    if (settings.httpsOnly() && !request.isSecure()) {
      toHttps(request, response);
      return true;
    }
    if (Paths.isResource(request)) {
      return false;
    }
    long wait = limits.fromAddress(request.getRemoteAddr());
    if (wait > 0) {
      tooMany(request, response, wait);
      return true;
    }
    if (forged(request)) {
      SecurityLog.note(Event.FORGED, request);
      answer(request, response, HttpServletResponse.SC_FORBIDDEN, "forged");
      return true;
    }
    return false;
  }

  /** The same for somebody who is known now. */
  boolean turnsAway(
      HttpServletRequest request, HttpServletResponse response, AccountPrincipal caller)
      throws IOException {
    long wait = limits.ofAccount(caller.account().id(), caller.tokenId());
    if (wait > 0) {
      tooMany(request, response, wait);
      return true;
    }
    return false;
  }

  /**
   * Only people are led on. Of a program that sent its token in the clear nobody would ever notice
   * if that went well.
   */
  private void toHttps(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (READING.contains(request.getMethod()) && Paths.isPage(request) && !Paths.isPush(request)
        || Paths.isResource(request)) {
      String query = request.getQueryString();
      response.setStatus(PERMANENT_REDIRECT);
      response.setHeader(
          "Location",
          settings.https(request.getHeader("Host"))
              + request.getRequestURI()
              + (query == null ? "" : '?' + query));
      response.flushBuffer();
      return;
    }
    SecurityLog.note(Event.PLAIN_HTTP, request);
    answer(request, response, HttpServletResponse.SC_FORBIDDEN, "https");
  }

  /**
   * A form that a page of another site sent. Its view state would be missing too; but a browser
   * says where it comes from, and so that is not all there is between a stranger and a change.
   */
  private static boolean forged(HttpServletRequest request) {
    return !Paths.isApi(request)
        && !READING.contains(request.getMethod())
        && (Paths.isForeign(request) || "cross-site".equals(request.getHeader("Sec-Fetch-Site")));
  }

  private static void tooMany(HttpServletRequest request, HttpServletResponse response, long wait)
      throws IOException {
    SecurityLog.note(Event.RATE_LIMITED, request);
    response.setHeader("Retry-After", Long.toString(wait));
    answer(request, response, TOO_MANY, "429");
  }

  private static void answer(
      HttpServletRequest request, HttpServletResponse response, int status, String code)
      throws IOException {
    if (Paths.isApi(request)) {
      Problem.of(status, PlainPage.english(code)).write(request, response);
    } else {
      PlainPage.write(request, response, status, code);
    }
  }
}
