package org.meterledger.driver;

import java.util.List;
import java.util.Map;

/** Looks for meters on the buses of a gateway. Only one scan can run at a time. */
public non-sealed interface MeterScan extends Capability {

  /**
   * A bus that can be scanned.
   *
   * @param baudRates of which one must be named; empty where the gateway knows it
   * @param secondary whether all can be looked for without an address
   */
  record Scannable(MeterBus bus, List<Integer> baudRates, boolean secondary) {
    public Scannable {
      baudRates = List.copyOf(baudRates);
    }
  }

  /**
   * What to look for on one bus: from an address to another, at listed ones, or, with neither, for
   * all.
   *
   * @param baudRate null where none is to be named
   * @param first null, as {@code last}, where addresses are listed or there are none
   */
  record BusScan(
      MeterBus bus, Integer baudRate, Integer first, Integer last, List<Integer> listed) {
    public BusScan {
      listed = List.copyOf(listed);
    }
  }

  /**
   * A meter that was found and is not registered yet.
   *
   * @param scan number of the scan that found it
   */
  record Found(long scan, String serialNumber, MeterBus bus, String address) {}

  /**
   * How far the scan has come.
   *
   * @param meters of earlier scans too, until they are forgotten or registered
   */
  record State(boolean complete, List<Found> meters) {
    public State {
      meters = List.copyOf(meters);
    }
  }

  /** Addresses in one scan, and of them such as are listed one by one. */
  record Limits(int addresses, int listed) {}

  List<Scannable> buses();

  Limits limits();

  /**
   * @throws IllegalArgumentException when a rule is broken, with a sentence for a person; nothing
   *     is sent
   */
  void check(List<BusScan> wanted);

  /**
   * Starts a scan.
   *
   * @param number by which what is found is told apart; positive
   * @throws IllegalArgumentException as {@link #check}
   */
  CommandResult start(long number, List<BusScan> wanted);

  ReadResult<State> state();

  /**
   * Takes meters from the list of what was found.
   *
   * @return for each whether it was on the list; Partial where some could not be asked for
   */
  ReadResult<Map<String, Boolean>> forget(List<String> serialNumbers);
}
