package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.system.Portal.SECRET;

import com.microsoft.playwright.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Open pages hear that something has changed; nobody else does. */
@ExtendWith(PortalExtension.class)
class PushIT {

  private static final int TRIES = 30;

  private static final int MANY = 20;

  private final Portal portal;

  PushIT(Portal portal) {
    this.portal = portal;
  }

  @Test
  void whoIsNotSignedInIsRefused() {
    assertThat(new Browser(portal.uri()).listen("readings").status()).isEqualTo(401);
  }

  @Test
  void aPageOfAnotherSiteIsRefusedWhoeverIsSignedIn() throws Exception {
    var vera = portal.signedIn("vera");
    String own = portal.uri().toString().replaceFirst("/$", "");

    assertThat(vera.listen("readings", "Origin", "https://evil.example").status()).isEqualTo(401);
    try (var socket = vera.listen("readings", "Origin", own)) {
      assertThat(socket.status()).isEqualTo(PushClient.ACCEPTED);
    }
  }

  @Test
  void aPageHearsWhatItAskedForAndNothingElse() throws Exception {
    try (var socket = portal.signedIn("vera").listen("test-a:1&on=test-b")) {
      awaitListening(socket);
      portal.database().tell("test-c", "");
      portal.database().tell("test-a", "2");
      portal.database().tell("test-a", "1");

      assertThat(socket.next()).isEqualTo("[{\"topic\":\"test-a\",\"key\":\"1\"}]");
    }
  }

  /** The handshake is answered before the server has opened its end. */
  private void awaitListening(PushClient socket) throws Exception {
    int told = 0;
    do {
      portal.database().tell("test-b", "ready-" + ++told);
    } while (!socket.heardWithin(Duration.ofSeconds(1)) && told < TRIES);
    String line;
    do {
      line = socket.next();
      assertThat(line).as("what was told %d times", told).isNotNull();
    } while (!line.contains("\"ready-" + told + "\""));
  }

  @Test
  void theSocketEndsWithTheSession() throws Exception {
    var vera = portal.signedIn("vera");
    try (var socket = vera.listen("test-b")) {
      awaitListening(socket);
      portal
          .database()
          .texts(
              "delete from web_session where id = (select max(id) from web_session) returning 1");

      assertThat(socket.awaitClose()).isEqualTo(1008);
    }
  }

  @Test
  void whatIsNoTopicIsRefused() throws Exception {
    try (var socket = portal.signedIn("vera").listen("No-Topic")) {
      assertThat(socket.awaitClose()).isEqualTo(1003);
    }
  }

  @Test
  void anOpenPageRefreshesItselfOnceASecond() throws Exception {
    try (var browsers = Browsers.start();
        var page = browsers.page(portal.uri(), 1440, 900, false)) {
      List<String> complaints = new ArrayList<>();
      page.onConsoleMessage(
          message -> {
            if (message.type().equals("error")) {
              complaints.add(message.text());
            }
          });
      Browsers.signIn(page, "vera", SECRET);
      page.navigate("/meter/now.xhtml?serial=API-1");
      page.waitForSelector("html[data-live=on]");
      var refreshed = new AtomicInteger();
      page.onResponse(
          response -> {
            if (refreshes(response)) {
              refreshed.incrementAndGet();
            }
          });

      var answer =
          page.waitForResponse(
              PushIT::refreshes,
              () -> {
                for (int i = 0; i < MANY; i++) {
                  tell("a" + i);
                }
              });
      assertThat(answer.text()).contains("<update id=\"now:present\">");
      page.waitForResponse(PushIT::refreshes, () -> tell("last"));

      assertThat(refreshed.get()).isBetween(2, 4);
      assertThat(complaints).isEmpty();
    }
  }

  private static boolean refreshes(Response response) {
    return response.request().method().equals("POST") && response.status() == 200;
  }

  private void tell(String key) {
    try {
      portal.database().tell("readings", key);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
