package org.meterledger.web.security;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * What a SIEM wants to hear of, one line each: {@code event=DENIED account="vera"
 * address="10.0.0.7" …}. Never a secret, and never a name that somebody typed and that is no
 * account's: people type passwords there.
 */
public final class SecurityLog {

  private static final Logger LOG = System.getLogger("org.meterledger.security");
  private static final String HEXADECIMAL = "\\u%04x";

  /** What happened; names are what a SIEM has rules for, so they stay. */
  public enum Event {
    SIGN_IN(Level.INFO),
    SIGN_OUT(Level.INFO),
    /** Name and password did not belong together. */
    SIGN_IN_FAILED(Level.WARNING),
    /** Not looked at, since too many failed before. */
    SIGN_IN_BLOCKED(Level.WARNING),
    /** An API token that is unknown, expired or revoked, or of an account that is closed. */
    TOKEN_REFUSED(Level.WARNING),
    /** Somebody is known and may not do this. */
    DENIED(Level.WARNING),
    /** A form or a socket that a page of another site sent. */
    FORGED(Level.WARNING),
    RATE_LIMITED(Level.WARNING),
    /** By plain HTTP where only HTTPS is taken; a token that came so is known to others now. */
    PLAIN_HTTP(Level.WARNING);

    private final Level level;

    Event(Level level) {
      this.level = level;
    }
  }

  private SecurityLog() {}

  /** Something that the account of the request did, or nobody. */
  static void note(Event event, HttpServletRequest request) {
    var account = Caller.in(request);
    note(event, request, account == null ? null : account.name());
  }

  /**
   * @param account its name; null for nobody, or nobody known
   */
  static void note(Event event, HttpServletRequest request, String account) {
    note(event, request, account, request.getRequestURI());
  }

  /**
   * @param path that was asked for; by the end of a request it may be that of an error page
   */
  static void note(Event event, HttpServletRequest request, String account, String path) {
    LOG.log(
        event.level,
        line(
            event,
            account,
            request.getRemoteAddr(),
            Correlation.of(request),
            request.getMethod(),
            path));
  }

  /** What is null is left out. */
  static String line(
      Event event, String account, String address, String correlation, String method, String path) {
    var line = new StringBuilder("event=").append(event);
    part(line, "account", account);
    part(line, "address", address);
    part(line, "correlation", correlation);
    part(line, "method", method);
    part(line, "path", path);
    return line.toString();
  }

  private static void part(StringBuilder line, String name, String value) {
    if (value != null) {
      quote(line.append(' ').append(name).append("=\""), value).append('"');
    }
  }

  /** Printable ASCII only: no line break, and nothing that a terminal would take for a command. */
  private static StringBuilder quote(StringBuilder line, String value) {
    value
        .chars()
        .forEach(
            letter -> {
              if (letter == '"' || letter == '\\') {
                line.append('\\').append((char) letter);
              } else if (letter < ' ' || letter > '~') {
                line.append(String.format(HEXADECIMAL, letter));
              } else {
                line.append((char) letter);
              }
            });
    return line;
  }
}
