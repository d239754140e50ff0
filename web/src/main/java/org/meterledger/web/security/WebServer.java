package org.meterledger.web.security;

import io.undertow.server.HandlerWrapper;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.NetworkUtils;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** What web.xml cannot say of the server, since the environment decides it. */
public class WebServer implements ServletExtension {

  /** Browsers take a cookie of such a name only by HTTPS, from this host and for all of it. */
  private static final String HOST_PREFIX = "__Host-";

  @Override
  public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
    var settings = HttpSettings.of(System.getenv());
    if (settings.httpsOnly()) {
      var cookie = deployment.getServletSessionConfig();
      cookie.setSecure(true).setPath("/").setName(HOST_PREFIX + cookie.getName());
    }
    deployment.addInitialHandlerChainWrapper(withHeaders());
    if (settings.behindProxy()) {
      deployment.addInitialHandlerChainWrapper(fromProxy());
    }
  }

  private static HandlerWrapper withHeaders() {
    return next ->
        exchange -> {
          exchange.addResponseCommitListener(SecurityHeaders::complete);
          next.handleRequest(exchange);
        };
  }

  /**
   * The server's own proxy-address-forwarding believes the first address, which is whatever the
   * caller sent to a proxy that adds its own at the end.
   */
  private static HandlerWrapper fromProxy() {
    return next ->
        exchange -> {
          believe(exchange);
          next.handleRequest(exchange);
        };
  }

  private static void believe(HttpServerExchange exchange) {
    var address = address(last(exchange.getRequestHeaders().get(Headers.X_FORWARDED_FOR)));
    if (address != null) {
      exchange.setSourceAddress(new InetSocketAddress(address, 0));
    }
    String scheme = last(exchange.getRequestHeaders().get(Headers.X_FORWARDED_PROTO));
    if ("https".equals(scheme) || "http".equals(scheme)) {
      exchange.setRequestScheme(scheme);
    }
  }

  /** Of a list over one or several headers; null where there is none. */
  static String last(HeaderValues values) {
    if (values == null || values.isEmpty()) {
      return null;
    }
    String text = values.getLast();
    return text.substring(text.lastIndexOf(',') + 1).strip();
  }

  /** Null for what is no literal address: a name would be looked up. */
  static InetAddress address(String text) {
    if (text == null) {
      return null;
    }
    try {
      return text.indexOf(':') < 0
          ? NetworkUtils.parseIpv4Address(text)
          : NetworkUtils.parseIpv6Address(text.replaceAll("[\\[\\]]", ""));
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
