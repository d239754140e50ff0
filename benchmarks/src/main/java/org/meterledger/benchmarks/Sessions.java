package org.meterledger.benchmarks;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Delivery;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.archive.Stored;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ProfileRow;

/** Hands rows to the archive as sessions with meters do: from several threads at once. */
final class Sessions implements AutoCloseable {

  /** A row and the profile it belongs to. */
  record MeterRow(ProfileCatalog.Profile profile, ProfileRow row) {

    /** What must be stored together at least: the row and how far the meter has been read. */
    Delivery withCursor() {
      var delivery = new Delivery(profile.meterId(), Instant.now());
      delivery.rows(profile, null, List.of(row));
      return delivery.progress(
          profile.obis(), Cursor.START.at(Cursor.index(row.sequence()), row.periodEnd()));
    }

    /** What a session brings: its attempt and the end of the contact too. */
    Delivery withAttempt() {
      var now = Instant.now();
      return withCursor()
          .attempt(
              new Delivery.Attempt(
                  "LOAD_PROFILE",
                  null,
                  now,
                  now,
                  Delivery.Attempt.Result.COMPLETE,
                  null,
                  null,
                  null,
                  1,
                  Stored.NOTHING,
                  0))
          .task(new Delivery.TaskEnd(1, now.plusSeconds(900), now.plusSeconds(2_700)))
          .contact(new Delivery.Contact(now, true, null, null, null, "1.0.14", null));
    }
  }

  private final ArchiveWriter writer;
  private final ExecutorService threads;
  private final int parts;

  Sessions(ArchiveWriter writer, int parts) {
    this.writer = writer;
    this.parts = parts;
    this.threads = Executors.newFixedThreadPool(parts);
  }

  /** Returns when every row is durable. */
  void store(List<MeterRow> rows, Function<MeterRow, Delivery> delivery) throws Exception {
    var submitting = new ArrayList<Future<List<Future<Stored>>>>();
    int part = (rows.size() + parts - 1) / parts;
    for (int from = 0; from < rows.size(); from += part) {
      var mine = rows.subList(from, Math.min(from + part, rows.size()));
      submitting.add(threads.submit(submission(mine, delivery)));
    }
    int stored = 0;
    for (var submitted : submitting) {
      for (var result : submitted.get()) {
        stored += result.get().stored();
      }
    }
    if (stored != rows.size()) {
      throw new IllegalStateException(stored + " rows stored of " + rows.size());
    }
  }

  private Callable<List<Future<Stored>>> submission(
      List<MeterRow> rows, Function<MeterRow, Delivery> delivery) {
    return () -> {
      var stored = new ArrayList<Future<Stored>>(rows.size());
      for (var row : rows) {
        stored.add(writer.submit(delivery.apply(row)));
      }
      return stored;
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
