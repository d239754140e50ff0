package org.meterledger.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * TCP ports on the loopback address. A server takes its ports many seconds after they were chosen.
 * So they come from below those that systems give to outgoing connections (from 32768 or 49152 on),
 * and from a block that belongs to this JVM alone as long as it lives.
 */
public final class Ports {

  private static final int FIRST = 20_000;
  private static final int BLOCKS = 120;
  private static final int BLOCK = 100;

  /** Says to other JVMs that the block of this port is taken. */
  private static ServerSocket sign;

  private static int given;

  private Ports() {}

  /** A port that nothing uses and that no other JVM of the tests is given. */
  public static int free() {
    return free(1);
  }

  /** The first of as many such ports in a row. */
  public static synchronized int free(int count) {
    if (sign == null) {
      sign = takeBlock();
    }
    for (int tries = 0; tries < BLOCK; tries++) {
      int first = given + count < BLOCK ? given + 1 : 1;
      given = first + count - 1;
      int port = sign.getLocalPort() + first;
      if (IntStream.range(port, port + count).noneMatch(Ports::inUse)) {
        return port;
      }
    }
    throw new IllegalStateException("No TCP port is free from " + sign.getLocalPort() + " on");
  }

  private static ServerSocket takeBlock() {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (int tries = 0; tries < BLOCKS; tries++) {
      int first = FIRST + (start + tries) % BLOCKS * BLOCK;
      try {
        return new ServerSocket(first, 1, InetAddress.getLoopbackAddress());
      } catch (IOException e) {
        // another JVM's
      }
    }
    throw new UncheckedIOException(new IOException("All blocks of TCP ports are taken"));
  }

  public static boolean inUse(int port) {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return !socket.isBound();
    } catch (IOException e) {
      return true;
    }
  }
}
