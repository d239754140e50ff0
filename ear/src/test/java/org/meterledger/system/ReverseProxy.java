package org.meterledger.system;

import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * What stands in front of several nodes in production, as small as it can be: it sends a session to
 * the node that it began on, passes web sockets on, and asks another node when one is gone.
 */
public final class ReverseProxy implements AutoCloseable {

  /** As web.xml names it; its value ends in a point and the name of the node. */
  private static final String SESSION_COOKIE = "meterledger";

  private static final int KEPT_MILLIS = 1;
  private static final int TRY_AGAIN_SECONDS = 2;
  private static final Duration REQUEST_LIMIT = Duration.ofMinutes(2);

  private final Undertow undertow;

  private ReverseProxy(Undertow undertow) {
    this.undertow = undertow;
  }

  /**
   * @param port 0 for any that is free
   * @param nodes by their names
   */
  public static ReverseProxy start(int port, Map<String, URI> nodes) {
    LoadBalancingProxyClient client =
        new LoadBalancingProxyClient()
            .addSessionCookieName(SESSION_COOKIE)
            // a request on a kept connection to a node that is gone would not be sent to another
            .setSoftMaxConnectionsPerThread(0)
            .setTtl(KEPT_MILLIS)
            .setProblemServerRetry(TRY_AGAIN_SECONDS);
    nodes.forEach((name, uri) -> client.addHost(uri, name));
    ProxyHandler handler =
        ProxyHandler.builder()
            .setProxyClient(client)
            .setMaxConnectionRetries(nodes.size())
            .setMaxRequestTime((int) REQUEST_LIMIT.toMillis())
            .build();
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(port, "localhost")
            .setHandler(
                exchange -> {
                  keepToHttp1(exchange.getRequestHeaders());
                  handler.handleRequest(exchange);
                })
            .build();
    undertow.start();
    return new ReverseProxy(undertow);
  }

  /** An offer of HTTP/2 is for the next hop only, and this is one. */
  private static void keepToHttp1(HeaderMap headers) {
    if ("h2c".equalsIgnoreCase(headers.getFirst(Headers.UPGRADE))) {
      headers.remove(Headers.UPGRADE);
      headers.remove("HTTP2-Settings");
      headers.put(Headers.CONNECTION, "keep-alive");
    }
  }

  public URI uri() {
    InetSocketAddress address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    return URI.create("http://localhost:" + address.getPort() + "/");
  }

  @Override
  public void close() {
    undertow.stop();
  }
}
