package org.meterledger.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * POST over HTTP/1.1 on a connection of its own, to exactly the addresses that were checked. The
 * client of the JDK asks the name system once more by itself: a name that answers with another
 * address the second time (DNS rebinding) would lead it into the network of the server. Follows no
 * redirect, knows no proxy, reads nothing of an answer but its head.
 */
final class Posting {

  private static final Pattern STATUS_LINE = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
  private static final int LARGEST_HEAD = 16 << 10;
  private static final int FIRST_SUCCESS = 200;
  private static final int FIRST_REDIRECT = 300;
  private static final int FIRST_REFUSAL = 400;

  private final SSLSocketFactory tls;
  private final Duration timeout;
  private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

  /**
   * @param timeout from the begin of the connection to the end of the answer's head
   */
  Posting(SSLSocketFactory tls, Duration timeout) {
    this.tls = tls;
    this.timeout = timeout;
  }

  /**
   * How it ended.
   *
   * @param status of the answer; null without
   * @param fault one sentence without path, header or body; null when the receiver took it
   */
  record Outcome(Integer status, String fault) {}

  /**
   * @param headers none of those that belong to the connection
   */
  Outcome post(AddressRules.Checked to, Map<String, String> headers, String body) {
    var exchange = new Exchange(to);
    open.add(exchange);
    try {
      return judged(exchange.run(headers, body.getBytes(StandardCharsets.UTF_8)));
    } catch (ConnectException | NoRouteToHostException e) {
      return new Outcome(null, "Nobody listens at " + to.place());
    } catch (SocketTimeoutException e) {
      return late(to);
    } catch (SSLException e) {
      return exchange.late() ? late(to) : new Outcome(null, noTls(to, e));
    } catch (ProtocolException e) {
      return new Outcome(null, to.place() + " answers with something that is not HTTP");
    } catch (IOException e) {
      return exchange.late()
          ? late(to)
          : new Outcome(null, to.place() + " closed the connection before it answered");
    } finally {
      open.remove(exchange);
      exchange.close();
    }
  }

  /**
   * Ends what should have ended: a receiver that does not read blocks its writer for ever, and no
   * time-out of a socket covers that.
   */
  void closeLate() {
    open.stream().filter(Exchange::late).forEach(Exchange::close);
  }

  private static Outcome judged(int status) {
    if (status >= FIRST_SUCCESS && status < FIRST_REDIRECT) {
      return new Outcome(status, null);
    }
    return new Outcome(
        status,
        status < FIRST_REFUSAL
            ? "Answered with a redirect (" + status + "), which is not followed"
            : "Answered with status " + status);
  }

  private Outcome late(AddressRules.Checked to) {
    return new Outcome(
        null, "No answer of " + to.place() + " within " + timeout.toSeconds() + " s");
  }

  private static String noTls(AddressRules.Checked to, SSLException e) {
    return "No secure connection to " + to.place() + ": " + e.getMessage();
  }

  /** One connection with one request. */
  private final class Exchange {

    private final AddressRules.Checked to;
    private final long end = System.nanoTime() + timeout.toNanos();
    private volatile Socket socket;

    Exchange(AddressRules.Checked to) {
      this.to = to;
    }

    boolean late() {
      return System.nanoTime() - end >= 0;
    }

    int run(Map<String, String> headers, byte[] body) throws IOException {
      connect();
      var out = socket.getOutputStream();
      out.write(head(headers, body.length));
      out.write(body);
      out.flush();
      return status();
    }

    /** To the first of the addresses that takes it. */
    private void connect() throws IOException {
      IOException refused = null;
      for (var address : to.addresses()) {
        socket = new Socket(Proxy.NO_PROXY);
        try {
          socket.connect(new InetSocketAddress(address, to.port()), left());
          secure();
          return;
        } catch (SSLException e) {
          throw e;
        } catch (IOException e) {
          refused = e;
          close();
        }
      }
      throw refused;
    }

    /** The certificate must be that of the name, whichever address it was connected by. */
    private void secure() throws IOException {
      if (to.secure()) {
        var secured = (SSLSocket) tls.createSocket(socket, to.host(), to.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.setSoTimeout(left());
        socket = secured;
        secured.startHandshake();
      }
    }

    private byte[] head(Map<String, String> headers, int length) {
      var uri = to.uri();
      String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
      var head = new StringBuilder("POST ").append(path);
      if (uri.getRawQuery() != null) {
        head.append('?').append(uri.getRawQuery());
      }
      head.append(" HTTP/1.1\r\nHost: ").append(to.host());
      if (uri.getPort() >= 0) {
        head.append(':').append(uri.getPort());
      }
      head.append("\r\nConnection: close\r\nContent-Length: ").append(length).append("\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Of the answer that counts: those before it (1xx) only say that it will come. */
    private int status() throws IOException {
      var in = socket.getInputStream();
      for (int read = 0; read < LARGEST_HEAD; ) {
        String line = line(in);
        read += line.length() + 2;
        var status = STATUS_LINE.matcher(line);
        if (!status.matches()) {
          throw new ProtocolException();
        }
        while (!line.isEmpty() && read < LARGEST_HEAD) {
          line = line(in);
          read += line.length() + 2;
        }
        if (!line.isEmpty()) {
          break;
        }
        int number = Integer.parseInt(status.group(1));
        if (number >= FIRST_SUCCESS) {
          return number;
        }
      }
      throw new ProtocolException();
    }

    private String line(InputStream in) throws IOException {
      var line = new ByteArrayOutputStream();
      while (line.size() < LARGEST_HEAD) {
        socket.setSoTimeout(left());
        int next = in.read();
        if (next == '\n') {
          return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        }
        if (next < 0) {
          throw new IOException("End of the answer's head");
        }
        line.write(next);
      }
      throw new ProtocolException();
    }

    private int left() throws SocketTimeoutException {
      long millis = (end - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        throw new SocketTimeoutException();
      }
      return (int) millis;
    }

    void close() {
      try {
        if (socket != null) {
          socket.close();
        }
      } catch (IOException e) {
        // it is of no use any more either way
      }
    }
  }
}
