package org.meterledger.driver.http;

import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import org.meterledger.driver.Endpoint;

/**
 * The JDK's clients: one for all servers known by their names, one for each certificate that is
 * pinned, since neither connections nor TLS sessions may be shared between those.
 */
final class Clients {

  private static final String KEEP_ALIVE_SECONDS = "jdk.httpclient.keepalive.timeout";

  /** A client costs a thread; more gateways than this and the one used longest ago starts anew. */
  private static final int MOST = 256;

  static {
    // Java 17 keeps an idle connection for 20 minutes: read each quarter of an hour, a meter, which
    // has few sockets, would never get its own back. The client can be told only this way.
    if (System.getProperty(KEEP_ALIVE_SECONDS) == null) {
      System.setProperty(KEEP_ALIVE_SECONDS, "5");
    }
  }

  private static final HttpClient COMMON = common().build();

  private static final Executor THREADS =
      Executors.newCachedThreadPool(
          work -> {
            var thread = new Thread(work, "pinned-http");
            thread.setDaemon(true);
            return thread;
          });

  private static final Map<String, HttpClient> PINNED =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, HttpClient> eldest) {
          return size() > MOST;
        }
      };

  private Clients() {}

  static HttpClient of(Endpoint.Http endpoint) {
    if (endpoint.pin() == null) {
      return COMMON;
    }
    synchronized (PINNED) {
      return PINNED.computeIfAbsent(endpoint.pin().sha256(), Clients::pinned);
    }
  }

  private static HttpClient pinned(String sha256) {
    return common().executor(THREADS).sslContext(PinTrust.context(new PinTrust(sha256))).build();
  }

  private static HttpClient.Builder common() {
    return HttpClient.newBuilder()
        .version(Version.HTTP_1_1)
        .followRedirects(Redirect.NEVER)
        .proxy(HttpClient.Builder.NO_PROXY); // a meter's address is meant as it stands
  }
}
