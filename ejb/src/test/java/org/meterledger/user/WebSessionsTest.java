package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WebSessionsTest {

  private final UserFixture users = new UserFixture();
  private final WebSessions sessions = users.sessions;
  private final Account ben = users.account("ben");

  @Test
  void askingWhetherItLastsDoesNotMakeItLast() {
    var session = sessions.start(ben, null, false);
    users.clock.advance(Duration.ofMinutes(20));
    assertThat(sessions.lasting(Set.of(session.id(), -1L))).containsExactly(session.id());
    users.clock.advance(Duration.ofMinutes(11));

    assertThat(sessions.lasting(Set.of(session.id()))).isEmpty();
    assertThat(sessions.resume(session)).isEmpty();
  }

  @Test
  void allOthersEndAndThatIsWritten() {
    var here = sessions.start(ben, null, false);
    var there = sessions.start(ben, null, false);
    var elsewhere = sessions.start(users.account("carl"), null, false);

    assertThat(sessions.end(ben, elsewhere.id())).as("of somebody else").isFalse();
    sessions.endOthers(ben, here.id());

    assertThat(sessions.lasting(Set.of(here.id(), there.id(), elsewhere.id())))
        .containsExactlyInAnyOrder(here.id(), elsewhere.id());
    sessions.endAll(ben);
    assertThat(sessions.of(ben.id())).isEmpty();
    assertThat(users.trail()).containsExactly("SESSION_END DONE ben", "SESSION_END DONE ben");
  }

  @Test
  void oneThatWasEndedLastsNoLonger() {
    var session = sessions.start(ben, null, false);
    var other = sessions.start(ben, null, false);
    sessions.end(session);

    assertThat(sessions.lasting(Set.of(session.id(), other.id()))).containsExactly(other.id());
  }
}
