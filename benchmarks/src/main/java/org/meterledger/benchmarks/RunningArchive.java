package org.meterledger.benchmarks;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Delivery;
import org.meterledger.archive.Partitions;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.notice.Notices;
import org.meterledger.server.Database;
import org.meterledger.server.Node;

/** The archive's writer at work as in a server, and threads that submit to it. */
final class RunningArchive implements AutoCloseable {

  private final ArchiveWriter writer;
  private final Sessions sessions;

  RunningArchive(Database database, int threads) {
    writer =
        new ArchiveWriter(
            database,
            new Partitions(database, Partitions.Width.MONTH),
            new ProfileCatalog(database),
            new Notices(database),
            new Node("benchmark"),
            Clock.systemUTC());
    sessions = new Sessions(writer, threads);
    writer.start(Executors.defaultThreadFactory());
  }

  /** Returns when all is durable. */
  void store(List<Sessions.MeterRow> rows, Function<Sessions.MeterRow, Delivery> delivery)
      throws Exception {
    sessions.store(rows, delivery);
  }

  @Override
  public void close() {
    writer.stop();
    sessions.close();
  }
}
