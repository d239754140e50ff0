package org.meterledger.charging;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.stream.Stream;

/**
 * One reading of a record. What the record left out is taken from the reading before, as the format
 * says; the value is not, for a missing value is none.
 *
 * @param timeText TM as received, with its status letter; null where the record tells none
 * @param time that time; null where it cannot be read
 * @param timeStatus null where it is missing or unknown
 * @param transaction TX; null without a transaction, or where the letter is unknown
 * @param value RV with the digits of the record; null where it tells none
 * @param identification RI, the OBIS code as the record writes it; null where it tells none
 * @param unit RU as received; null where it tells none
 * @param currentType RT: {@code AC} or {@code DC}; null where it tells none
 * @param cumulatedLoss CL in the unit of the value, with its digits; null where it tells none
 * @param errorFlags EF: E where the energy, t where the time is of no use for billing; null or
 *     empty where there is no error
 * @param status ST: G is good; null where the record tells none
 */
public record OcmfReading(
    String timeText,
    OffsetDateTime time,
    TimeStatus timeStatus,
    Transaction transaction,
    BigDecimal value,
    String identification,
    String unit,
    String currentType,
    BigDecimal cumulatedLoss,
    String errorFlags,
    String status) {

  static final String GOOD = "G";

  /** How well the time of a reading is known. */
  public enum TimeStatus {
    UNKNOWN('U'),
    INFORMATIVE('I'),
    SYNCHRONIZED('S'),
    /** A duration that counts legally, from a begin that is informative. */
    RELATIVE('R');

    private final char letter;

    TimeStatus(char letter) {
      this.letter = letter;
    }

    /** Null for a letter that the format does not know. */
    static TimeStatus of(char letter) {
      return Stream.of(values()).filter(each -> each.letter == letter).findFirst().orElse(null);
    }

    public char letter() {
      return letter;
    }
  }

  /** Why the meter was read. */
  public enum Transaction {
    BEGIN('B'),
    CHARGING('C'),
    /** From here on time or energy are of no use. */
    EXCEPTION('X'),
    END('E'),
    ENDED_LOCALLY('L'),
    ENDED_REMOTELY('R'),
    ABORTED('A'),
    POWER_FAILURE('P'),
    SUSPENDED('S'),
    TARIFF_CHANGE('T');

    private final char letter;

    Transaction(char letter) {
      this.letter = letter;
    }

    /** Null for a text that the format does not know. */
    static Transaction of(String text) {
      return Stream.of(values())
          .filter(each -> text.equals(Character.toString(each.letter)))
          .findFirst()
          .orElse(null);
    }

    public char letter() {
      return letter;
    }

    /** Whether the transaction is over with it, for whatever reason. */
    public boolean ends() {
      switch (this) {
        case END:
        case ENDED_LOCALLY:
        case ENDED_REMOTELY:
        case ABORTED:
        case POWER_FAILURE:
          return true;
        default:
          return false;
      }
    }
  }

  public boolean good() {
    return GOOD.equals(status);
  }
}
