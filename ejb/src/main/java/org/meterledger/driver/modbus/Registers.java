package org.meterledger.driver.modbus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.meterledger.driver.Fault;
import org.meterledger.driver.ReadResult;

/** What the reads of a {@link ReadPlan} brought. */
public final class Registers {

  /** One of the two functions that read: {@code connection::readInput}. */
  @FunctionalInterface
  public interface Reader {
    ReadResult<Words> read(int address, int count);
  }

  private final TreeMap<Integer, Words> reads;

  private Registers(Map<Integer, Words> reads) {
    this.reads = new TreeMap<>(reads);
  }

  /**
   * Runs a plan. A read that the device refuses for good (UNSUPPORTED) leaves out its registers and
   * the others are read on; any other fault ends it.
   *
   * @return Partial with the last fault when something is missing; Failed when all is
   */
  public static ReadResult<Registers> read(Reader reader, List<RegisterRange> plan) {
    var found = new TreeMap<Integer, Words>();
    Fault fault = null;
    for (var range : plan) {
      var read = reader.read(range.address(), range.count());
      if (read instanceof ReadResult.Complete<Words> complete) {
        found.put(range.address(), complete.value());
      } else {
        fault = fault(read);
        if (fault.kind() != Fault.Kind.UNSUPPORTED) {
          break;
        }
      }
    }
    if (fault == null) {
      return ReadResult.complete(new Registers(found));
    }
    return found.isEmpty()
        ? new ReadResult.Failed<>(fault)
        : new ReadResult.Partial<>(new Registers(found), fault);
  }

  private static Fault fault(ReadResult<Words> read) {
    return read.fold(complete -> null, ReadResult.Partial::fault, ReadResult.Failed::fault);
  }

  /** The read that holds all of these registers; empty where it is missing. */
  public Optional<Words> holding(RegisterRange range) {
    return reads.headMap(range.address(), true).descendingMap().values().stream()
        .filter(words -> words.has(range.address(), range.count()))
        .findFirst();
  }
}
