package org.meterledger.web.security;

import io.undertow.servlet.handlers.ServletRequestContext;
import jakarta.ejb.EJBAccessException;
import jakarta.inject.Inject;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequestAttributeEvent;
import jakarta.servlet.ServletRequestAttributeListener;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.meterledger.access.AccessDenied;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.web.security.SecurityLog.Event;

/**
 * Notes whatever was refused to somebody, from wherever it came: pages, resources, the container.
 * The security log has each of them; the audit trail one a minute of each caller and kind of thing,
 * with the number of those since the last one, so that nobody can fill it.
 */
@WebListener
public class Denials implements ServletRequestListener, ServletRequestAttributeListener {

  private static final Logger LOG = System.getLogger(Denials.class.getName());
  private static final String ATTRIBUTE = Denials.class.getName();
  private static final String LIMITED = ATTRIBUTE + ".limited";
  private static final String PATH = ATTRIBUTE + ".path";
  private static final String URI = ATTRIBUTE + ".uri";
  private static final int LONGEST_URI = 200;
  private static final int LONGEST_KIND = 40;
  private static final Duration STEP = Duration.ofMinutes(1);
  private static final int MOST_KEPT = 10_000;

  @Inject private Audit audit;
  @Inject private Clock clock;

  private final Recent<Counted> counted = new Recent<>(MOST_KEPT);

  /** How often something was refused since it was last written. */
  static final class Counted {
    private Instant next = Instant.MIN;
    private int since;

    /** The number of those that were not written before this one; -1 when it is one of them. */
    synchronized int count(Instant now) {
      if (now.isBefore(next)) {
        since++;
        return -1;
      }
      int before = since;
      next = now.plus(STEP);
      since = 0;
      return before;
    }
  }

  /**
   * Says that the caller does not see everything: what is not there may be there for others, and
   * both are answered and noted alike.
   */
  static void seesLittle(HttpServletRequest request) {
    request.setAttribute(LIMITED, true);
  }

  /** By the end they may be those of an error page. The address is as it came, in plain ASCII. */
  @Override
  public void requestInitialized(ServletRequestEvent event) {
    var request = (HttpServletRequest) event.getServletRequest();
    request.setAttribute(PATH, Paths.path(request));
    request.setAttribute(URI, cut(request.getRequestURI(), LONGEST_URI));
  }

  /** A part of a page is told as a success that holds an error page. */
  @Override
  public void attributeAdded(ServletRequestAttributeEvent event) {
    if (event.getName().equals(RequestDispatcher.ERROR_EXCEPTION)
        && (event.getValue() instanceof AccessDenied
            || event.getValue() instanceof EJBAccessException)) {
      event.getServletRequest().setAttribute(ATTRIBUTE, true);
    }
  }

  /** The answer is written: whatever transaction it was refused in is over. */
  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    var request = (HttpServletRequest) event.getServletRequest();
    if (status() == HttpServletResponse.SC_FORBIDDEN && Caller.in(request) != null
        || status() == HttpServletResponse.SC_NOT_FOUND && request.getAttribute(LIMITED) != null
        || request.getAttribute(ATTRIBUTE) != null) {
      var account = Caller.in(request);
      String uri = (String) request.getAttribute(URI);
      SecurityLog.note(Event.DENIED, request, account == null ? null : account.name(), uri);
      try {
        toTrail(request, uri);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "What was refused could not be written to the audit trail", e);
      }
    }
  }

  private static int status() {
    var context = ServletRequestContext.current();
    return context == null ? 0 : context.getExchange().getStatusCode();
  }

  private void toTrail(HttpServletRequest request, String uri) {
    var account = Caller.in(request);
    String who = account == null ? request.getRemoteAddr() : String.valueOf(account.id());
    int before =
        counted
            .get(
                who + ' ' + request.getMethod() + ' ' + kind((String) request.getAttribute(PATH)),
                Counted::new)
            .count(clock.instant());
    if (before >= 0) {
      audit.denied(
          AuditAction.DOOR_OPEN,
          request.getMethod() + ' ' + uri,
          before == 0 ? null : Map.of("unwrittenBefore", before));
    }
  }

  /** The page, or the first part of a path of the API: what follows may be any id. */
  static String kind(String path) {
    String[] parts = path.split("/", 5);
    int place = Math.min(path.startsWith("/api/") ? 3 : 1, parts.length - 1);
    return cut(parts[place], LONGEST_KIND);
  }

  private static String cut(String text, int most) {
    return text.length() > most ? text.substring(0, most) : text;
  }
}
