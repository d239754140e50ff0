package org.meterledger.web.push;

import jakarta.json.Json;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Session;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.meterledger.notice.Notice;

/** One open page: what it asked for, and what it has not been sent yet. */
final class LiveSocket {

  private static final Logger LOGGER = System.getLogger(LiveSocket.class.getName());

  /** More than a screen can show; a page that has so many waiting is told to look at everything. */
  private static final int MOST_WAITING = 200;

  private static final int MOST_ASKED = 50;

  private final Session session;
  private final long webSession;
  private final List<Notice> asked;
  private final Set<Notice> waiting = new LinkedHashSet<>();
  private Future<Void> sending;

  /**
   * @param webSession number of the sign-in it belongs to
   * @param asked each as {@code topic} or {@code topic:key}
   * @throws IllegalArgumentException for what is no topic
   */
  LiveSocket(Session session, long webSession, List<String> asked) {
    this.session = session;
    this.webSession = webSession;
    if (asked.size() > MOST_ASKED) {
      throw new IllegalArgumentException("At most " + MOST_ASKED + " topics");
    }
    this.asked = asked.stream().map(LiveSocket::parse).toList();
  }

  private static Notice parse(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? new Notice(text, "")
        : new Notice(text.substring(0, colon), text.substring(colon + 1));
  }

  long webSession() {
    return webSession;
  }

  /** Keeps what the page asked for until the next {@link #send()}; the same only once. */
  synchronized boolean offer(Notice notice) {
    if (asked.stream().noneMatch(each -> notice.concerns(each.topic(), each.key()))) {
      return false;
    }
    if (waiting.size() >= MOST_WAITING) {
      waiting.clear();
      waiting.add(new Notice(Notice.ALL, ""));
    } else {
      waiting.add(notice);
    }
    return true;
  }

  /** Whether something still waits, because the page has not taken the last lines yet. */
  synchronized boolean send() {
    if (waiting.isEmpty() || !session.isOpen()) {
      return false;
    }
    if (sending != null && !sending.isDone()) {
      return true;
    }
    var lines = Json.createArrayBuilder();
    for (var notice : waiting) {
      lines.add(Json.createObjectBuilder().add("topic", notice.topic()).add("key", notice.key()));
    }
    waiting.clear();
    sending = session.getAsyncRemote().sendText(lines.build().toString());
    return false;
  }

  /** Keeps proxies from closing a quiet connection. */
  void ping() {
    try {
      session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
    } catch (IOException | IllegalStateException e) {
      LOGGER.log(Level.DEBUG, "A page is gone: {0}", e);
    }
  }

  /** Nobody is signed in any more; the page does not try again. */
  void refuse() {
    try {
      session.close(new CloseReason(CloseCodes.VIOLATED_POLICY, "signed out"));
    } catch (IOException | IllegalStateException e) {
      LOGGER.log(Level.DEBUG, "A page is gone: {0}", e);
    }
  }
}
