package org.meterledger.driver.emu;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.Cursor;

/**
 * Finds by halving where in a ring buffer the rows of a time begin. Rows are not always in the
 * order of their times: a clock may be set back, or may never have been set. Since too many rows do
 * no harm and missing ones do, every doubt is settled for the earlier place:
 *
 * <ul>
 *   <li>A row whose time says nothing counts as the row with a time that comes next; where none
 *       comes within one page, it counts as wanted.
 *   <li>One page before the place found is looked through for wanted rows. A clock set back by less
 *       than a page of capture periods hides none.
 * </ul>
 *
 * <p>It takes no more requests than twice the binary logarithm of the newest index, and seven.
 */
final class RingSeek<T> {

  private final RingBuffer<T> buffer;
  private final Predicate<Instant> wanted;
  private final Cursor archived;
  private Fault fault;

  /**
   * @param wanted whether a row of this time is wanted; so are all rows of later times
   * @param archived how far the buffer has been read
   */
  RingSeek(RingBuffer<T> buffer, Predicate<Instant> wanted, Cursor archived) {
    this.buffer = buffer;
    this.wanted = wanted;
    this.archived = archived;
  }

  /** The cursor before the first wanted row; {@link Kind#BUSY} where the index has started anew. */
  ReadResult<Cursor> find() {
    var last = asked(buffer.last());
    var found = archived; // of an empty buffer, so that a row coming now still shows its epoch
    if (!last.isEmpty()) {
      // An answer of which no row has an index is a fault, so the last one has.
      var newest = last.get(last.size() - 1).index();
      if (restarted(last, newest)) {
        return ReadResult.failed(
            Kind.BUSY, buffer.address() + " has started its index anew: read the new rows first");
      }
      found = fault == null ? place(last, newest) : archived;
    }
    return fault == null ? ReadResult.complete(found) : new ReadResult.Failed<>(fault);
  }

  /** Rows with an index, oldest first; what is not whole is a fault. */
  private List<LogRow<T>> asked(RingBuffer.Rows<T> rows) {
    fault = fault == null ? rows.fault() : fault;
    return rows.rows().stream().filter(LogRow::indexed).toList();
  }

  private boolean restarted(List<LogRow<T>> last, long newest) {
    if (!archived.started() || fault != null) {
      return false;
    }
    var anchor = newest > archived.index() ? asked(buffer.pair(archived.index())) : last;
    return newest < archived.index() || RingReading.restarted(archived, anchor);
  }

  private Cursor place(List<LogRow<T>> last, long newest) {
    // Below: not there any more, or too early. Above: wanted, or nothing is known of it.
    var low = archived.at(Math.min(RingReading.FIRST_INDEX, newest) - 1, null);
    var high = newest;
    var tells = telling(last, newest, newest + 1);
    if (tells != null && !wanted.test(tells.at())) {
      low = archived.at(newest, tells.at());
      high = newest + 1;
    }
    while (high - low.index() > 1 && fault == null) {
      var middle = low.index() + (high - low.index()) / 2;
      var pair = asked(buffer.pair(middle));
      var held = pair.stream().anyMatch(row -> row.index() == middle);
      if (!held) {
        low = archived.at(middle, null);
      }
      var first = held ? middle : middle + 1;
      if (first == high || pair.isEmpty()) {
        continue;
      }
      tells = telling(pair, first, high);
      if (tells == null) {
        tells = telling(asked(buffer.page(first)), first, high);
      }
      if (tells == null || wanted.test(tells.at())) {
        high = first;
      } else {
        low = archived.at(tells.index(), tells.at());
      }
    }
    return low.at() == null ? beginning() : earlier(low);
  }

  /** Looks through the page up to the place found for rows that only seem to come later. */
  private Cursor earlier(Cursor found) {
    var from = Math.max(RingReading.FIRST_INDEX, found.index() + 1 - buffer.pageSize());
    Cursor before = null;
    for (LogRow<T> row : asked(buffer.page(from))) {
      if (row.index() > found.index() || !tells(row)) {
        continue;
      }
      if (wanted.test(row.at())) {
        return before == null ? before(from) : before;
      }
      before = archived.at(row.index(), row.at());
    }
    return found;
  }

  private Cursor before(long index) {
    if (index == RingReading.FIRST_INDEX) {
      return beginning();
    }
    return asked(buffer.pair(index - 1)).stream()
        .filter(row -> row.index() == index - 1)
        .findFirst()
        .map(row -> archived.at(row.index(), row.at()))
        .orElseGet(this::beginning);
  }

  /** From the oldest row that will be there, so that none counts as lost that was not wanted. */
  private Cursor beginning() {
    return archived.at(-1, null);
  }

  /** The first row from an index to before another whose time says something; null for none. */
  private LogRow<T> telling(List<LogRow<T>> rows, long from, long to) {
    return rows.stream()
        .filter(row -> row.index() >= from && row.index() < to && tells(row))
        .findFirst()
        .orElse(null);
  }

  private static boolean tells(LogRow<?> row) {
    return row.at() != null
        && !row.at().isBefore(ProfileBlock.FIRST_MADE)
        && !Cells.SERIAL.equals(row.reason())
        && !Cells.FUTURE.equals(row.reason());
  }
}
