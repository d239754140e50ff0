package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.meterledger.archive.ArchiveFixture.MIDNIGHT;
import static org.meterledger.archive.ArchiveFixture.NOW;
import static org.meterledger.archive.ArchiveFixture.PERIOD;
import static org.meterledger.archive.ArchiveFixture.T1;
import static org.meterledger.archive.ArchiveFixture.row;

import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ProfileRow;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.Node;

/** What goes wrong with one delivery or connection costs no other, and loses nothing. */
class ArchiveWriterTest {

  private static final int PATIENCE_SECONDS = 60;

  private final ArchiveFixture archive = new ArchiveFixture();
  private final ArchiveWriter writer =
      new ArchiveWriter(
          archive.database,
          new Partitions(archive.database, Partitions.Width.MONTH),
          archive.catalog,
          new Notices(archive.database),
          new Node("test"),
          ArchiveFixture.clock());

  @AfterEach
  void stop() {
    writer.stop();
  }

  @Test
  void aDeliveryThatCannotBeStoredDoesNotTakeOthersWithIt() throws Exception {
    var good = new ArchiveFixture();
    var bad = new Delivery(-1, NOW).progress(T1, new Cursor(0, 1, NOW));
    var futures = new ArrayList<Future<Stored>>();
    futures.add(writer.submit(archive.delivery(row(1, 1, 1, 1))));
    futures.add(writer.submit(bad));
    futures.add(writer.submit(good.delivery(row(1, 1, 10, 5))));
    writer.start(Executors.defaultThreadFactory());

    assertThat(futures.get(2).get()).isEqualTo(new Stored(1, 0));
    assertThat(futures.get(0).get()).isEqualTo(new Stored(1, 0));
    assertThatThrownBy(futures.get(1)::get).hasMessageContaining("archive_cursor");
  }

  @Test
  void aReadingThatCannotBeStoredHasMissedNoLessOfItsDeadline() throws Exception {
    archive.database.update(
        "insert into reading_task (meter_id, plan_id, network_id, due_at, late_at)"
            + " values (?, 1, 1, ?, ?)",
        archive.meterId,
        NOW,
        NOW);
    var next = NOW.plus(PERIOD);
    var unstorable = new Cursor(0, 1, Instant.parse("+300000-01-01T00:00:00Z"));
    var stored =
        writer.submit(
            new Delivery(archive.meterId, NOW)
                .progress(T1, unstorable)
                .task(new Delivery.TaskEnd(1, next, next)));
    writer.start(Executors.defaultThreadFactory());

    assertThatThrownBy(stored::get).hasMessageContaining("out of range");
    assertThat(
            archive.database.query(
                "select due_at, late_at, failures from reading_task where meter_id = ?",
                row ->
                    Database.instant(row, "due_at")
                        + " "
                        + Database.instant(row, "late_at")
                        + " "
                        + row.getInt("failures"),
                archive.meterId))
        .containsExactly(next + " " + NOW + " 1");
  }

  @Test
  void whatASessionBringsBeforeItsEndIsItsLastReading() {
    archive.database.update(
        "update meter_contact set leased_by = 'test' where meter_id = ?", archive.meterId);
    archive.store.store(List.of(archive.delivery(row(3, 1, 1, 1)).lease(NOW)), NOW);
    archive.store.store(List.of(new Delivery(archive.meterId, NOW).lease(NOW)), NOW);

    assertThat(
            archive.database.query(
                "select last_reading_at from meter_contact where meter_id = ?",
                row -> Database.instant(row, "last_reading_at"),
                archive.meterId))
        .containsExactly(MIDNIGHT.plus(PERIOD.multipliedBy(3)));
  }

  @Test
  void rowsWhoseConnectionIsCutUnderWayAreStoredByAnother() throws Exception {
    var rows = new CuttingRows(20_000, 10_000);
    var stored =
        writer.submit(new Delivery(archive.meterId, NOW).rows(archive.profile(), PERIOD, rows));
    writer.start(Executors.defaultThreadFactory());

    assertThat(stored.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
        .isEqualTo(new Stored(rows.size(), 0));
    assertThat(rows.cut).as("connections cut").isEqualTo(1);
  }

  /** Once, when one of them is written, the server ends the connection on which they travel. */
  private final class CuttingRows extends AbstractList<ProfileRow> {

    private final int size;
    private final int at;
    private int cut;

    CuttingRows(int size, int at) {
      this.size = size;
      this.at = at;
    }

    @Override
    public ProfileRow get(int index) {
      if (index == at && cut == 0) {
        cut =
            archive
                .database
                .query(
                    """
                    select pg_terminate_backend(pid, 10000) from pg_stat_activity
                     where query like 'copy load_profile_entry%' and state = 'active'""",
                    row -> row.getBoolean(1))
                .size();
      }
      return row(index + 1, index + 1, index, 0);
    }

    @Override
    public int size() {
      return size;
    }
  }
}
