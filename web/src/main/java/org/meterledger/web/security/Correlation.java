package org.meterledger.web.security;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServletRequest;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jboss.logging.MDC;

/** One name for a request in its answer, in its log lines and with who sent it. */
@WebListener
public class Correlation implements ServletRequestListener {

  static final String HEADER = "X-Correlation-Id";

  /** As the pattern of the log names it. */
  private static final String MDC_KEY = "correlation";

  private static final String ATTRIBUTE = Correlation.class.getName();
  private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  /** The name of this request. */
  public static String of(ServletRequest request) {
    return (String) request.getAttribute(ATTRIBUTE);
  }

  /** The given name where it can be printed, else a new one. */
  static String choose(String given) {
    return given != null && SANE.matcher(given).matches() ? given : UUID.randomUUID().toString();
  }

  @Override
  public void requestInitialized(ServletRequestEvent event) {
    var request = (HttpServletRequest) event.getServletRequest();
    String id = choose(request.getHeader(HEADER));
    request.setAttribute(ATTRIBUTE, id);
    MDC.put(MDC_KEY, id);
  }

  @Override
  public void requestDestroyed(ServletRequestEvent event) {
    MDC.remove(MDC_KEY);
  }
}
