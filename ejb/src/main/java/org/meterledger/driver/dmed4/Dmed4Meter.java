package org.meterledger.driver.dmed4;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.meterledger.driver.ChargingSource.Log;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.DisplayTarget;
import org.meterledger.driver.MeterSession.Identification;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.ObisCode;

/** What can be asked of a meter, whatever transport it is asked over. */
interface Dmed4Meter extends AutoCloseable {

  /** For sentences. */
  String address();

  ReadResult<Identification> identify();

  /**
   * Present values in the units of registers.csv, and what flags.csv makes bits of. Partial where
   * some could not be read.
   */
  ReadResult<Map<ObisCode, BigDecimal>> values();

  /** Seconds since 1970; 0 where the meter does not know the time. */
  ReadResult<Long> time();

  CommandResult setTime(long seconds);

  /** How the meter is set and what it says of itself, by the keys of REST. */
  ReadResult<Map<String, String>> settings();

  ReadResult<ChargeSettings> chargeSettings();

  /** Sends what is not null. */
  CommandResult setChargeSettings(ChargeSettings wanted);

  /** By name, in the order of the table. */
  ReadResult<SortedMap<String, Long>> parameters();

  /**
   * The meter takes them, and starts anew: no answer is to be had for some seconds.
   *
   * @param before as they were read
   * @param after all of them
   */
  CommandResult setParameters(SortedMap<String, Long> before, SortedMap<String, Long> after);

  ReadResult<ChargeStatus> chargeStatus();

  /** Hands over what the next records are to hold. */
  CommandResult input(String json);

  CommandResult command(CycleCommand command);

  /** The record that was signed last; empty where there is none. */
  ReadResult<String> output();

  ReadResult<String> publicKey();

  ReadResult<Log> recordLog();

  /** Failed only where no whole answer came: what the meter gave instead of a record is told. */
  ReadResult<LogPlace> look(Lookup by, long value);

  ReadResult<Integer> eventCount();

  /**
   * @param index from 0, the oldest
   * @param count of events that the log holds
   */
  ReadResult<Event> event(int index, int count);

  /** From then on parameters are locked for ever. */
  CommandResult endCommissioning();

  /** {@code ready}, {@code charging} or {@code operating}. */
  ReadResult<String> operativeStatus();

  /** As {@link DisplayTarget#showPage}. */
  CommandResult showPage(Boolean on, Integer page);

  CommandResult showViewerPage(int page);

  CommandResult showLines(int meter, List<DisplayTarget.Line> lines);

  @Override
  void close();
}
