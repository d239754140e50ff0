package org.meterledger.web.security;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * What an answer forbids the browser. The content security policy of pages is not here: PrimeFaces
 * writes it with the nonce of its scripts, from {@code primefaces.CSP_POLICY} in web.xml, and two
 * policies would both have to be met.
 */
final class SecurityHeaders {

  static final String NOTHING =
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  /** Of a picture that is opened by itself; scripts and styles have no policy of their own. */
  private static final String RESOURCE = NOTHING + "; style-src 'unsafe-inline'";

  private static final String POLICY = "Content-Security-Policy";

  private static final Map<String, String> EVERYWHERE =
      Map.of(
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "same-origin",
          "Cross-Origin-Opener-Policy",
          "same-origin",
          "Cross-Origin-Resource-Policy",
          "same-origin",
          "Permissions-Policy",
          "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
              + " microphone=(), midi=(), payment=(), serial=(), usb=()");

  private SecurityHeaders() {}

  /** For every answer, also those in which the application has no part. */
  static void complete(HttpServerExchange exchange) {
    var headers = exchange.getResponseHeaders();
    EVERYWHERE.forEach((name, value) -> headers.put(new HttpString(name), value));
    if (exchange.isSecure()) {
      headers.put(Headers.STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if (!headers.contains(POLICY)) {
      headers.put(new HttpString(POLICY), NOTHING);
    }
  }

  /** What depends on what was asked for. */
  static void apply(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader(Correlation.HEADER, Correlation.of(request));
    if (Paths.isApi(request)) {
      response.setHeader(POLICY, NOTHING);
    } else if (Paths.isResource(request)) {
      response.setHeader(POLICY, RESOURCE);
    }
    if (!Paths.isResource(request)) {
      response.setHeader("Cache-Control", "no-store");
    }
  }
}
