package org.meterledger.driver.modbus;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;

/** A TCP connection. */
final class TcpWire implements Wire {

  private static final long MILLISECOND = 1_000_000;

  /** After so long the other side may have hung up, which one has to look for. */
  private static final long IDLE = 1000 * MILLISECOND;

  private final Socket socket = new Socket();
  private final InputStream in;
  private long heard;
  private long lastUsed;

  TcpWire(String host, int port, Duration timeout) throws IOException {
    try {
      var address = new InetSocketAddress(host, port);
      if (address.isUnresolved()) {
        throw new UnknownHostException(host);
      }
      socket.setTcpNoDelay(true);
      socket.connect(address, Math.toIntExact(timeout.toMillis()));
      in = new BufferedInputStream(socket.getInputStream(), 1024);
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    lastUsed = System.nanoTime();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  @Override
  public int read(byte[] into, int from, int most, long deadline) throws IOException {
    var left = deadline - System.nanoTime();
    if (left <= 0 && in.available() == 0) {
      throw new SocketTimeoutException();
    }
    socket.setSoTimeout((int) Math.max(1, left / MILLISECOND));
    var got = in.read(into, from, most);
    if (got < 0) {
      throw new EOFException();
    }
    heard += got;
    lastUsed = System.nanoTime();
    return got;
  }

  @Override
  public long heard() {
    return heard;
  }

  @Override
  public boolean disturbed() throws IOException {
    if (in.available() > 0) {
      return true;
    }
    if (System.nanoTime() - lastUsed < IDLE) {
      return false;
    }
    socket.setSoTimeout(1);
    try {
      in.read();
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  @Override
  public long nanosFor(int bytes) {
    return 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
