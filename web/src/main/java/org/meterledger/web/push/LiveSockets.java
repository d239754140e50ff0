package org.meterledger.web.push;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.websocket.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.meterledger.notice.Notice;
import org.meterledger.user.WebSessions;

/**
 * The open pages of this node. Notices are gathered for a moment, so that a thousand of one kind
 * are one line to a page; the page's script waits again, until it has something to show.
 */
@ApplicationScoped
public class LiveSockets {

  private static final Logger LOGGER = System.getLogger(LiveSockets.class.getName());

  private static final long GATHERING_MILLIS = 200;

  /** Proxies commonly close what is quiet for a minute. */
  private static final long CHECK_SECONDS = 20;

  private final Map<Session, LiveSocket> open = new ConcurrentHashMap<>();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private ScheduledFuture<?> checks;

  @Inject private WebSessions sessions;
  @Resource private ManagedScheduledExecutorService executor;

  @PostConstruct
  void begin() {
    checks =
        executor.scheduleWithFixedDelay(
            this::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
  }

  @PreDestroy
  void end() {
    checks.cancel(false);
  }

  void add(Session session, LiveSocket socket) {
    open.put(session, socket);
  }

  void remove(Session session) {
    open.remove(session);
  }

  /** On the thread of the listener, which must not wait for browsers. */
  void heard(@Observes Notice notice) {
    boolean wanted = false;
    for (var socket : open.values()) {
      wanted |= socket.offer(notice);
    }
    if (wanted) {
      scheduleSending();
    }
  }

  private void scheduleSending() {
    if (scheduled.compareAndSet(false, true)) {
      executor.schedule(this::send, GATHERING_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void send() {
    scheduled.set(false);
    boolean left = false;
    for (var socket : open.values()) {
      try {
        left |= socket.send();
      } catch (RuntimeException e) {
        LOGGER.log(Level.DEBUG, "A page was not told: {0}", e);
      }
    }
    if (left) {
      scheduleSending();
    }
  }

  /** A sign-in may end on any node. An open page does not make it last. */
  private void check() {
    try {
      var signedIn =
          sessions.lasting(
              open.values().stream().map(LiveSocket::webSession).collect(Collectors.toSet()));
      for (var socket : open.values()) {
        if (signedIn.contains(socket.webSession())) {
          socket.ping();
        } else {
          socket.refuse();
        }
      }
    } catch (RuntimeException e) { // escaping, it would end the checks
      LOGGER.log(Level.DEBUG, "Open pages not checked; next time in {0} s: {1}", CHECK_SECONDS, e);
    }
  }
}
