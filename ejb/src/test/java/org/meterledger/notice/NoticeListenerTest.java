package org.meterledger.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.meterledger.server.Database;
import org.meterledger.server.Node;
import org.meterledger.server.TestDatabase;

/** Two listeners stand for two nodes: each has a connection of its own. */
class NoticeListenerTest {

  private static final int PATIENCE_SECONDS = 30;
  private static final Node NODE = new Node("listening");

  private final Database database = TestDatabase.database();
  private final Notices notices = new Notices(database);
  private final BlockingQueue<Notice> onFirst = new LinkedBlockingQueue<>();
  private final BlockingQueue<Notice> onSecond = new LinkedBlockingQueue<>();
  private final NoticeListener first =
      new NoticeListener(database, notices, NODE, Clock.systemUTC(), onFirst::add);
  private final NoticeListener second =
      new NoticeListener(database, notices, NODE, Clock.systemUTC(), onSecond::add);

  @BeforeEach
  void listen() {
    first.start(Thread::new);
    second.start(Thread::new);
    await(first);
    await(second);
  }

  private static void await(NoticeListener listener) {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!listener.listening()) {
      assertThat(System.nanoTime()).as("listening in time").isLessThan(limit);
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void stop() {
    first.stop();
    second.stop();
  }

  /** Of the tests' own topics: other tests of this database may tell something too. */
  private static Notice next(BlockingQueue<Notice> heard) throws InterruptedException {
    while (true) {
      var notice = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (notice == null || notice.topic().startsWith("test-") || notice.topic().equals("all")) {
        return notice;
      }
    }
  }

  @Test
  void bothHearWhatIsTold() throws Exception {
    notices.tell("test-meter", "key with blanks, ümlaut and \"quotes\"");

    var told = new Notice("test-meter", "key with blanks, ümlaut and \"quotes\"");
    assertThat(next(onFirst)).isEqualTo(told);
    assertThat(next(onSecond)).isEqualTo(told);
  }

  @Test
  void aNoticeLeavesWithTheCommitAndOnlyOnce() throws Exception {
    assertThatThrownBy(
            () ->
                database.inTransaction(
                    connection -> {
                      Notices.tell(connection, "test-rolled-back", "1");
                      throw new IllegalStateException("rolled back");
                    }))
        .hasMessage("rolled back");
    database.inTransaction(
        connection -> {
          Notices.tell(connection, "test-committed", "2");
          Notices.tell(connection, "test-committed", "2");
          notices.tell("test-before-it", "3");
          return null;
        });

    assertThat(next(onFirst)).isEqualTo(new Notice("test-before-it", "3"));
    assertThat(next(onFirst)).isEqualTo(new Notice("test-committed", "2"));
    notices.tell("test-end", "");
    assertThat(next(onFirst)).isEqualTo(new Notice("test-end", ""));
  }

  @Test
  void aListenerWhoseConnectionBreaksComesBackAndSaysThatItMayHaveMissedSomething()
      throws Exception {
    int broken =
        database
            .query(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where query = 'listen meterledger'",
                row -> row.getBoolean(1))
            .size();
    assertThat(broken).isEqualTo(2);

    assertThat(next(onFirst)).isEqualTo(Notice.all());
    assertThat(next(onSecond)).isEqualTo(Notice.all());
    notices.tell("test-after", "");
    assertThat(next(onFirst)).isEqualTo(new Notice("test-after", ""));
    assertThat(next(onSecond)).isEqualTo(new Notice("test-after", ""));
  }

  @Test
  void anObserverThatFailsDoesNotEndIt() throws Exception {
    var heard = new LinkedBlockingQueue<Notice>();
    var third =
        new NoticeListener(
            database,
            notices,
            NODE,
            Clock.systemUTC(),
            notice -> {
              heard.add(notice);
              throw new IllegalStateException("an observer's bug");
            });
    third.start(Thread::new);
    try {
      await(third);
      notices.tell("test-one", "");
      notices.tell("test-two", "");
      assertThat(next(heard)).isEqualTo(new Notice("test-one", ""));
      assertThat(next(heard)).isEqualTo(new Notice("test-two", ""));
    } finally {
      third.stop();
    }
  }

  @Test
  void whatIsSaidOftenIsToldOnce() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      notices.soon("test-often", "same");
    }
    assertThat(next(onFirst)).isEqualTo(new Notice("test-often", "same"));
    assertThat(next(onSecond)).isEqualTo(new Notice("test-often", "same"));
    notices.tell("test-end", "");
    long repeated = 0;
    for (var notice = next(onFirst); !notice.topic().equals("test-end"); notice = next(onFirst)) {
      repeated++;
    }
    assertThat(repeated).isLessThan(3);
  }

  @Test
  void whatTheDatabaseCannotCarryIsRefused() {
    assertThatThrownBy(() -> notices.tell("No Topic", ""))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> notices.tell("test-long", "ü".repeat(4_000)))
        .isInstanceOf(IllegalArgumentException.class);
    notices.tell("test-long", "x".repeat(7_989));
  }

  @Test
  void whoAskedForAKeyHearsOfItAndOfAllKeys() {
    assertThat(new Notice("meter", "A").concerns("meter", "A")).isTrue();
    assertThat(new Notice("meter", "A").concerns("meter", "")).isTrue();
    assertThat(new Notice("meter", "").concerns("meter", "A")).isTrue();
    assertThat(Notice.all().concerns("meter", "A")).isTrue();
    assertThat(new Notice("meter", "A").concerns("meter", "B")).isFalse();
    assertThat(new Notice("meters", "").concerns("meter", "")).isFalse();
  }
}
