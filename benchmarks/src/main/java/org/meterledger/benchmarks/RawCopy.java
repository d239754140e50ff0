package org.meterledger.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.meterledger.server.Database;
import org.postgresql.PGConnection;

/**
 * The least that storing rows can cost: one COPY of rows already encoded, in one transaction, with
 * no question whether they are there. Binary format: PostgreSQL 17 manual, COPY, "Binary Format".
 */
final class RawCopy {

  private static final String COPY =
      """
      copy load_profile_entry (period_end, sequence, profile_id, occurrence, status, values)
      from stdin (format binary)""";

  private static final Instant EPOCH_2000 = Instant.parse("2000-01-01T00:00:00Z");
  private static final long MICROS = 1_000_000;
  private static final int COLUMNS = 6;
  private static final int INT8_OID = 20;
  private static final int BUFFER = 1 << 16;

  private RawCopy() {}

  static byte[] encode(List<Sessions.MeterRow> rows) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new DataOutputStream(bytes);
    out.write("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
    out.writeInt(0);
    out.writeInt(0);
    for (var each : rows) {
      var row = each.row();
      out.writeShort(COLUMNS);
      long seconds = row.periodEnd().getEpochSecond() - EPOCH_2000.getEpochSecond();
      writeInt8(out, seconds * MICROS);
      writeInt8(out, row.sequence());
      out.writeInt(Integer.BYTES);
      out.writeInt(each.profile().id());
      writeInt2(out, 0);
      writeInt2(out, row.flags());
      writeArray(out, row.values());
    }
    out.writeShort(-1);
    return bytes.toByteArray();
  }

  private static void writeInt2(DataOutputStream out, int value) throws IOException {
    out.writeInt(Short.BYTES);
    out.writeShort(value);
  }

  private static void writeInt8(DataOutputStream out, long value) throws IOException {
    out.writeInt(Long.BYTES);
    out.writeLong(value);
  }

  private static void writeArray(DataOutputStream out, long[] values) throws IOException {
    out.writeInt(5 * Integer.BYTES + values.length * (Integer.BYTES + Long.BYTES));
    out.writeInt(1);
    out.writeInt(0);
    out.writeInt(INT8_OID);
    out.writeInt(values.length);
    out.writeInt(1);
    for (long value : values) {
      writeInt8(out, value);
    }
  }

  static void copy(Database database, InputStream encoded) {
    database.inTransaction(
        connection -> {
          try {
            return connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY, encoded, BUFFER);
          } catch (IOException e) {
            throw new SQLException(e);
          }
        });
  }
}
