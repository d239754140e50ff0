package org.meterledger.web.push;

import jakarta.inject.Inject;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.meterledger.web.security.SessionToken;

/**
 * Where pages listen: {@code /push?on=topic&on=topic:key}. Who is not signed in, or comes from a
 * page of another site, never gets here: the sign-in mechanism refuses the handshake. Not {@code
 * f:websocket}, whose channels exist on the one node that made the page.
 */
@ServerEndpoint("/push")
public class PushEndpoint {

  private static final Logger LOGGER = System.getLogger(PushEndpoint.class.getName());

  /** Pages have nothing to say. */
  private static final int LONGEST_MESSAGE = 64;

  @Inject private LiveSockets sockets;

  @OnOpen
  public void open(Session session) throws IOException {
    session.setMaxIdleTimeout(0);
    session.setMaxTextMessageBufferSize(LONGEST_MESSAGE);
    session.setMaxBinaryMessageBufferSize(LONGEST_MESSAGE);
    try {
      var asked = session.getRequestParameterMap().getOrDefault("on", List.of());
      long webSession = SessionToken.idOf(session.getUserPrincipal());
      sockets.add(session, new LiveSocket(session, webSession, asked));
    } catch (IllegalArgumentException e) {
      session.close(new CloseReason(CloseCodes.CANNOT_ACCEPT, e.getMessage()));
    }
  }

  @OnMessage
  public void message(Session session, String text) throws IOException {
    session.close(new CloseReason(CloseCodes.CANNOT_ACCEPT, "This socket takes no messages"));
  }

  @OnClose
  public void close(Session session) {
    sockets.remove(session);
  }

  @OnError
  public void error(Session session, Throwable cause) {
    LOGGER.log(Level.DEBUG, "A page's socket failed", cause);
    sockets.remove(session);
  }
}
