package org.meterledger.driver;

import java.util.List;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.ObisCode;

/** Reads the signed records of charging that a meter keeps, each just as it was signed. */
public non-sealed interface ChargingSource extends Capability {

  /** Under which how far the log has been read is kept; of the maker's range of profiles. */
  ObisCode LOG = new ObisCode(1, 0, 99, 128, 0, 255);

  /**
   * A record as it was received.
   *
   * @param progressive the meter's own running number of it; null where the meter tells none along
   *     with it
   * @param position counted from the newest, which is 0, when it was read; null where it is not
   *     known, as of a record that was made just now
   * @param text {@code OCMF|…|…}, not one character changed
   * @param rolledOver whether the meter said along with it that its display rolled over; null where
   *     it was not asked, or nobody knows of which record it says so
   */
  record SignedRecord(Long progressive, Integer position, String text, Boolean rolledOver) {
    public SignedRecord(Long progressive, Integer position, String text) {
      this(progressive, position, text, null);
    }

    public SignedRecord rolledOver(Boolean told) {
      return new SignedRecord(progressive, position, text, told);
    }
  }

  /**
   * What the log holds.
   *
   * @param held how many records
   * @param most how many it can hold; null where the meter does not tell it
   * @param first the progressive number of the oldest; null where it tells none, or is empty
   * @param last the progressive number of the newest; null where it tells none, or is empty
   */
  record Log(int held, Integer most, Long first, Long last) {}

  /** How one record is looked up. */
  enum Lookup {
    /** Counted from the newest, which is 0. */
    POSITION,
    /** By the meter's own running number. */
    PROGRESSIVE,
    /** By the number of the transaction: the digits of the record's pagination. */
    TRANSACTION
  }

  /** The public key that the meter's records are signed for, as the meter writes it. */
  ReadResult<String> readPublicKey();

  ReadResult<Log> readLog();

  /**
   * The next records after {@code cursor}, oldest first, whose index is the progressive number; the
   * oldest that are held where those after it are gone. What the meter gave in full and is no
   * record is among the refused rows. A partial result lacks none between those that it gives: its
   * cursor goes on behind them.
   */
  ReadResult<Block<List<SignedRecord>>> readRecords(Cursor cursor);

  /** One record; INVALID_DATA where another came, UNSUPPORTED where the meter holds none such. */
  ReadResult<SignedRecord> readRecord(Lookup by, long value);
}
