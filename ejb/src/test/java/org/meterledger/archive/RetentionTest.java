package org.meterledger.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.archive.ArchiveFixture.row;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetentionTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2017-03-15T00:00:00Z"), ZoneOffset.UTC);

  private final ArchiveFixture archive = new ArchiveFixture();

  private void apply(int months) {
    var partitions = new Partitions(archive.database, Partitions.Width.MONTH);
    new Retention(archive.database, partitions, CLOCK, months, 0, 0).apply();
  }

  @Test
  void onlyPartitionsThatLieWhollyBeforeTheLimitAreDropped() {
    archive.store(
        row(Instant.parse("2016-01-31T23:45:00Z"), 1, 1, 1),
        row(Instant.parse("2016-02-01T00:15:00Z"), 2, 2, 2),
        row(Instant.parse("2016-03-01T00:15:00Z"), 3, 3, 3));

    apply(0);
    assertThat(sequences()).isEqualTo("1,2,3");
    apply(13);
    assertThat(sequences()).isEqualTo("2,3");
    apply(12);
    assertThat(sequences()).isEqualTo("3");
  }

  @Test
  void countsAndGapsOfWhatIsDroppedAreForgotten() {
    var count = new CountFixture(CLOCK);
    int group = count.group(archive.meterId);
    archive.store(
        row(Instant.parse("2016-01-20T00:15:00Z"), 1, 1, 1),
        row(Instant.parse("2016-01-30T00:15:00Z"), 3, 2, 2),
        row(Instant.parse("2016-03-02T00:15:00Z"), 5, 3, 3));
    count.all();
    assertThat(counted(group)).isEqualTo("2016-01-20 2016-01-20 2");

    apply(13);

    assertThat(counted(group)).isEqualTo("2016-02-01 2016-02-01 1");
  }

  @Test
  void whatWebhooksWereToldIsDroppedWithItsPartition() {
    var at = Instant.parse("2016-01-20T00:00:00Z");
    var partitions = new Partitions(archive.database, Partitions.Width.MONTH);
    partitions.ensure(Partitions.Table.WEBHOOK_DELIVERY, Set.of(at));
    archive.database.update(
        """
        insert into webhook_delivery (id, webhook_id, message_id, event, body, state, created_at,
                                      due_at, expires_at)
          values (-1, -1, '00000000-0000-0000-0000-000000000001', 'PING', '{}', 'DELIVERED',
                  ?, ?, ?)""",
        at,
        at,
        at);

    new Retention(archive.database, partitions, CLOCK, 0, 14, 0).apply();
    assertThat(told()).isEqualTo(1);
    new Retention(archive.database, partitions, CLOCK, 0, 13, 0).apply();
    assertThat(told()).isZero();
  }

  private long told() {
    return archive
        .database
        .first("select count(*) from webhook_delivery where webhook_id = -1", r -> r.getLong(1))
        .orElseThrow();
  }

  /** First day of the meter, first day of the group, gaps. */
  private String counted(int group) {
    return archive
        .database
        .first(
            """
            select (select min(day) from completeness_day where profile_id = ?),
                   (select min(day) from completeness_group_day where group_id = ?),
                   (select count(*) from load_profile_gap where profile_id = ?)""",
            r -> r.getString(1) + " " + r.getString(2) + " " + r.getString(3),
            archive.profile().id(),
            group,
            archive.profile().id())
        .orElseThrow();
  }

  private String sequences() {
    return archive
        .database
        .first(
            """
            select string_agg(sequence::text, ',' order by sequence)
              from load_profile_entry where profile_id = ?""",
            r -> r.getString(1),
            archive.profile().id())
        .orElseThrow();
  }
}
