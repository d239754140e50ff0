package org.meterledger.benchmarks;

import java.time.Instant;
import org.meterledger.server.Database;

/** Meters that nobody calls, in a group of their own. */
final class RegisteredMeters {

  private static final String REGISTER =
      """
      with made as (
        insert into meter (serial_number, model, address, time_zone, state, watched, version,
                           created_at, updated_at)
        select ? || '-' || n, 'emu-professional-ii', 'http://127.0.0.1:1', 'Europe/Zurich',
               'ACTIVE', false, 0, ?, ? from generate_series(1, ?) as n
        returning id, serial_number),
      contact as (insert into meter_contact (meter_id, leased_until) select id, ? from made)
      insert into meter_group_member (group_id, meter_id, serial_number)
        select ?, id, serial_number from made""";

  private RegisteredMeters() {}

  /** The id of the group. */
  static int register(Database database, String name, int meters, Instant now) {
    int group =
        database
            .first(
                """
                insert into meter_group (name, version, created_at) values (?, 0, ?)
                returning id""",
                row -> row.getInt(1),
                name,
                now)
            .orElseThrow();
    database.update(REGISTER, name, now, now, meters, now, group);
    database.update("vacuum (analyze) meter, meter_contact, meter_group_member");
    return group;
  }

  /** Makes them members of a group, whatever its rules say. */
  static void join(Database database, int group, Integer... meterIds) {
    database.update(
        """
        insert into meter_group_member (group_id, meter_id, serial_number)
          select ?, id, serial_number from meter where id = any (?)""",
        group,
        meterIds);
  }
}
