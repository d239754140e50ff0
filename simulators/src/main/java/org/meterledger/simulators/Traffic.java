package org.meterledger.simulators;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Counts what reaches one simulated device, so that a test can prove that one session ran at a
 * time.
 */
public final class Traffic {
  private static final int PATHS_KEPT = 1000;

  private final Deque<String> paths = new ArrayDeque<>();
  private int connections;
  private int maxConnections;
  private int underWay;
  private int maxUnderWay;
  private long requests;
  private long firstRequest;

  /** A TCP connection was opened. */
  public synchronized void connected() {
    maxConnections = Math.max(maxConnections, ++connections);
  }

  /** A TCP connection was closed. */
  public synchronized void disconnected() {
    connections--;
  }

  /** Whether no other was under way. */
  public synchronized boolean requestBegan(String path) {
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
  public synchronized boolean requestEnded() {
    return --underWay == 0;
  }

  /** TCP connections that are open now. */
  public synchronized int connectionsOpen() {
    return connections;
  }

  /** The most TCP connections that were open at once. */
  public synchronized int maxConnectionsOpen() {
    return maxConnections;
  }

  /** The most requests that were under way at once, unanswered ones included. */
  public synchronized int maxConcurrentRequests() {
    return maxUnderWay;
  }

  /** Requests received so far. */
  public synchronized long requests() {
    return requests;
  }

  /** When the first request came, as {@link System#nanoTime()} tells it; 0 before. */
  public synchronized long firstRequest() {
    return firstRequest;
  }

  /** Path and query of the last 1000 requests, oldest first. */
  public synchronized List<String> requestedPaths() {
    return List.copyOf(paths);
  }
}
