package org.meterledger.driver.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;

/**
 * One HTTP/1.1 exchange over {@link OldTls}, which the JDK's client cannot be given: one connection
 * for each request.
 */
final class OldTlsExchange {

  private static final int LONGEST_LINE = 8 << 10;
  private static final int MOST_HEADERS = 64;
  private static final int LONGEST_SIZE = 9;

  /** So many time-outs may a whole exchange last, however slowly it drips. */
  private static final int MOST_ROUNDS = 12;

  private final Endpoint.Http endpoint;
  private final int largest;
  private final long deadline;
  private final Map<String, String> headers = new HashMap<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private InputStream in;
  private int status;

  OldTlsExchange(Endpoint.Http endpoint, int largest) {
    this.endpoint = endpoint;
    this.largest = largest;
    this.deadline = System.nanoTime() + endpoint.timeout().toNanos() * MOST_ROUNDS;
  }

  /** The body is too large. */
  private static final class TooLarge extends IOException {
    private static final long serialVersionUID = 1L;
  }

  Reply run(Call call, String authorization) {
    var trust = new PinTrust(endpoint.pin().sha256());
    try (var connection = OldTls.connect(endpoint.base(), endpoint.timeout(), trust)) {
      in = connection.protocol().getInputStream();
      var out = connection.protocol().getOutputStream();
      out.write(head(call, authorization).getBytes(StandardCharsets.ISO_8859_1));
      out.write(call.body());
      out.flush();
      readHead();
      readBody();
      return new Reply(status, headers, body.toByteArray(), null);
    } catch (TooLarge e) {
      return Reply.failed(TransportFault.tooLarge(endpoint));
    } catch (SocketTimeoutException e) {
      return reply(TransportFault.timedOut(endpoint));
    } catch (IOException e) {
      return reply(TransportFault.of(endpoint, e));
    } catch (NumberFormatException e) {
      return reply(new Fault(Kind.PROTOCOL, endpoint.base() + " answers with broken HTTP"));
    }
  }

  private Reply reply(Fault fault) {
    return new Reply(status, headers, body.toByteArray(), fault);
  }

  private String head(Call call, String authorization) {
    var base = endpoint.base();
    var text = new StringBuilder(call.method() + " " + call.path() + " HTTP/1.1\r\n");
    text.append("Host: ").append(base.getAuthority()).append("\r\n");
    text.append("Connection: close\r\n");
    if (authorization != null) {
      text.append("Authorization: ").append(authorization).append("\r\n");
    }
    if (!call.contentType().isEmpty()) {
      text.append("Content-Type: ").append(call.contentType()).append("\r\n");
    }
    if (!call.safe()) {
      text.append("Content-Length: ").append(call.body().length).append("\r\n");
    }
    return text.append("\r\n").toString();
  }

  private void readHead() throws IOException {
    var line = line();
    if (!line.matches("HTTP/1\\.[01] \\d{3}.*")) {
      throw new java.net.ProtocolException(line);
    }
    status = Integer.parseInt(line.substring(9, 12));
    var lines = 0;
    for (line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      if (++lines > MOST_HEADERS) {
        throw new TooLarge();
      }
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
  }

  private void readBody() throws IOException {
    if ("chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
      for (var size = chunkSize(); size > 0; size = chunkSize()) {
        take(size);
        line();
      }
    } else if (headers.containsKey("content-length")) {
      take(size(headers.get("content-length"), 10));
    } else {
      for (var next = read(); next >= 0; next = read()) {
        put(next);
      }
    }
  }

  private long chunkSize() throws IOException {
    return size(line().split(";", 2)[0].strip(), 16);
  }

  /** Digits only: a sign would end the body before its end. */
  private static long size(String digits, int radix) {
    if (digits.isEmpty()
        || digits.length() > LONGEST_SIZE
        || digits.chars().anyMatch(digit -> Character.digit(digit, radix) < 0)) {
      throw new NumberFormatException(digits);
    }
    return Long.parseLong(digits, radix);
  }

  private void take(long size) throws IOException {
    for (long left = size; left > 0; left--) {
      put(next());
    }
  }

  private void put(int next) throws IOException {
    if (body.size() >= largest) {
      throw new TooLarge();
    }
    body.write(next);
  }

  private String line() throws IOException {
    var line = new StringBuilder();
    for (var next = next(); next != '\n'; next = next()) {
      if (line.length() > LONGEST_LINE) {
        throw new TooLarge();
      }
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  private int read() throws IOException {
    if (System.nanoTime() - deadline > 0) {
      throw new SocketTimeoutException("deadline");
    }
    return in.read();
  }

  private int next() throws IOException {
    var next = read();
    if (next < 0) {
      throw new EOFException();
    }
    return next;
  }
}
