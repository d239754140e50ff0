package org.meterledger.simulators.emu;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Counts what reaches one meter, so that a test can prove that one session ran at a time. */
final class Traffic {
  private static final int PATHS_KEPT = 1000;

  private final Deque<String> paths = new ArrayDeque<>();
  private int connections;
  private int maxConnections;
  private int underWay;
  private int maxUnderWay;
  private long requests;
  private long firstRequest;

  synchronized void connected() {
    maxConnections = Math.max(maxConnections, ++connections);
  }

  synchronized void disconnected() {
    connections--;
  }

  /** Whether no other was under way. */
  synchronized boolean requestBegan(String path) {
    if (requests++ == 0) {
      firstRequest = System.nanoTime();
    }
    maxUnderWay = Math.max(maxUnderWay, ++underWay);
    if (paths.size() == PATHS_KEPT) {
      paths.removeFirst();
    }
    paths.add(path);
    return underWay == 1;
  }

  /** Whether no other is under way. */
  synchronized boolean requestEnded() {
    return --underWay == 0;
  }

  synchronized int connectionsOpen() {
    return connections;
  }

  synchronized int maxConnectionsOpen() {
    return maxConnections;
  }

  synchronized int maxConcurrentRequests() {
    return maxUnderWay;
  }

  synchronized long requests() {
    return requests;
  }

  synchronized long firstRequest() {
    return firstRequest;
  }

  synchronized List<String> requestedPaths() {
    return List.copyOf(paths);
  }
}
