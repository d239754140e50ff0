package org.meterledger.system;

import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.simulators.emu.EmuMeter;
import org.meterledger.simulators.emu.EmuSimulator;
import org.meterledger.simulators.emu.LoadProfileRow;

/** Simulated meters as rows of the database, and what the archive there holds of them. */
final class MeterRegister {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration TICK = Duration.ofMillis(100);

  private static final String ADD =
      """
      with added as (
        insert into meter
          (serial_number, model, address, time_zone, state, watched, version, created_at,
           updated_at)
        values (?, 'emu-professional-ii', ?, 'Europe/Zurich', 'ACTIVE', false, 0, now(), now())
        returning id),
      contact as (
        insert into meter_contact (meter_id, leased_until) select id, now() from added)
      insert into reading_task (meter_id, plan_id, network_id, due_at, late_at)
      select added.id, plan.id, 1, now(), now() + interval '1 day'
        from added, reading_plan plan where plan.group_id = 1""";

  /** As the page and the API queue them. */
  private static final String QUEUE =
      """
      insert into operation
        (id, meter_id, network_id, step, kind, parameters, priority, not_before, expires_at,
         due_at, bypass_retry, stop_on_failure, correlation_id, requested_by, requested_at, state,
         attempts)
      select (extract(epoch from now())::bigint - 1577836800 << 22)
               + nextval('operation_number'),
             id, network_id, 0, 'READ_REGISTERS', '{}', 4, now(), now() + interval '1 day', now(),
             false, true, serial_number, 'test', now(), 'QUEUED', 0
        from meter where serial_number = ?""";

  private static final String ARCHIVED =
      """
      select e.sequence >> 40, e.sequence & ((1::bigint << 40) - 1), e.period_end,
             e.status >> 8 & 255, e.values
        from load_profile_entry e
        join load_profile p on p.id = e.profile_id and p.obis = '1-0:99.1.0*255'
        join meter m on m.id = p.meter_id
       where m.serial_number = ? order by e.sequence, e.occurrence""";

  private static final String STATE =
      """
      select concat_ws(', ', now(), row_to_json(c), row_to_json(t))
        from meter m join meter_contact c on c.meter_id = m.id
        left join reading_task t on t.meter_id = m.id
       where m.serial_number = '%s'""";

  private final Database database;
  private final EmuSimulator meters;

  MeterRegister(Database database, EmuSimulator meters) {
    this.database = database;
    this.meters = meters;
  }

  /** Has the portal read all meters from now on. */
  void addAll() throws SQLException {
    for (int number = 0; number < meters.size(); number++) {
      add(serial(number), meters.uri(number));
    }
  }

  private void add(String serial, URI address) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(ADD)) {
      statement.setString(1, serial);
      statement.setString(2, address.toString());
      statement.executeUpdate();
    }
  }

  /** An operation for a meter that was added. */
  void queueReadingOfRegisters(int number) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(QUEUE)) {
      statement.setString(1, serial(number));
      statement.executeUpdate();
    }
  }

  /** The states of all operations. */
  List<String> operations() throws SQLException {
    return database.texts("select state from operation");
  }

  private String serial(int number) {
    return meters.meter(number).settings().serialNumber();
  }

  /** Rows of load profiles, of all meters. */
  long rows() throws SQLException {
    return count("select count(*) from load_profile_entry");
  }

  /** The first number that a query tells. */
  long count(String sql) throws SQLException {
    return Long.parseLong(database.texts(sql).get(0));
  }

  void awaitMoreRowsThan(long few, ServerProcess... servers) throws Exception {
    await(() -> rows() > few, servers);
  }

  /** Until every meter's every recorded interval is there, or what is there cannot become it. */
  void awaitTruth(ServerProcess... servers) throws Exception {
    for (int number = 0; number < meters.size(); number++) {
      int each = number;
      try {
        await(() -> archived(each).size() >= truth(each).size(), servers);
      } catch (AssertionError e) {
        throw new AssertionError(e.getMessage() + ": " + state(each), e);
      }
    }
  }

  /** In one line, for a report shows no more. */
  private String state(int number) throws SQLException {
    return "meter %s has %d of %d rows, %s"
        .formatted(
            serial(number),
            archived(number).size(),
            truth(number).size(),
            database.texts(STATE.formatted(serial(number))));
  }

  /** Something that comes true while servers are at work. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws Exception;
  }

  static void await(Condition condition, ServerProcess... servers) throws Exception {
    long limit = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.holds()) {
      for (ServerProcess server : servers) {
        if (server.awaitEnd(TICK)) {
          throw new AssertionError("The server ended; its log is " + server.log());
        }
      }
      if (System.nanoTime() - limit > 0) {
        throw new AssertionError("Not within " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  /** What the archive holds of a meter's load profile, in the order of recording. */
  List<String> archived(int number) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(ARCHIVED)) {
      statement.setString(1, serial(number));
      List<String> rows = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          rows.add(
              line(
                  row.getInt(1),
                  row.getLong(2),
                  row.getTimestamp(3).toInstant(),
                  row.getInt(4),
                  row.getString(5)));
        }
      }
      return rows;
    }
  }

  /** The meter's own record of what it still holds, told like {@link #archived}. */
  List<String> truth(int number) {
    EmuMeter meter = meters.meter(number);
    return meter.truth().stream()
        .filter(LoadProfileRow::held)
        .map(
            row ->
                line(
                    row.generation(),
                    row.index(),
                    row.periodEnd(),
                    row.status(),
                    row.values().toString().replace('[', '{').replace(']', '}').replace(" ", "")))
        .toList();
  }

  private static String line(int epoch, long index, Object periodEnd, int status, String values) {
    return epoch + "/" + index + " " + periodEnd + " " + status + " " + values;
  }
}
