package org.meterledger.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

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

  private SecurityHeaders() {}

  static void apply(HttpServletRequest request, HttpServletResponse response) {
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "same-origin");
    response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.setHeader(
        "Permissions-Policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(),"
            + " microphone=(), midi=(), payment=(), serial=(), usb=()");
    response.setHeader(Correlation.HEADER, Correlation.of(request));
    if (request.isSecure()) {
      response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
    }
    if (Paths.isApi(request)) {
      response.setHeader("Content-Security-Policy", NOTHING);
    } else if (Paths.isResource(request)) {
      response.setHeader("Content-Security-Policy", RESOURCE);
    }
    if (!Paths.isResource(request)) {
      response.setHeader("Cache-Control", "no-store");
    }
  }
}
