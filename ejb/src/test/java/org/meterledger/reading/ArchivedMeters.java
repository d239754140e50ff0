package org.meterledger.reading;

import java.util.List;
import org.meterledger.server.Database;
import org.meterledger.server.TestDatabase;

/** What a real database holds of the meters of a test. */
abstract class ArchivedMeters {

  final Database database = TestDatabase.database();

  abstract int meterId(int number);

  int count(String sql, Object... parameters) {
    return database.first(sql, row -> row.getInt(1), parameters).orElseThrow();
  }

  /** What the archive holds of a meter's load profile, in the order of recording. */
  List<String> archived(int number) {
    return database.query(
        """
        select e.sequence >> 40 as epoch, e.sequence & ((1::bigint << 40) - 1) as index,
               e.period_end, e.status >> 8 & 255 as status, e.values::text as values
          from load_profile_entry e join load_profile p on p.id = e.profile_id
         where p.meter_id = ? and p.obis = '1-0:99.1.0*255' order by e.sequence, e.occurrence""",
        row ->
            row.getInt("epoch")
                + "/"
                + row.getLong("index")
                + " "
                + Database.instant(row, "period_end")
                + " "
                + row.getInt("status")
                + " "
                + row.getString("values"),
        meterId(number));
  }

  /** Results and faults of the attempts at the load profile, oldest first. */
  List<String> attempts(int number) {
    return database.query(
        """
        select result, fault from reading_attempt
         where meter_id = ? and kind = 'LOAD_PROFILE' order by started_at""",
        row ->
            row.getString("fault") == null
                ? row.getString("result")
                : row.getString("result") + " " + row.getString("fault"),
        meterId(number));
  }

  List<Integer> findings(int number) {
    return database.query(
        """
        select code from logbook_entry
         where meter_id = ? and logbook = '0-0:99.98.128*255' order by noted_at, sequence""",
        row -> row.getInt(1),
        meterId(number));
  }
}
