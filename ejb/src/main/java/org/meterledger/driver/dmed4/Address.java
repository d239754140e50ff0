package org.meterledger.driver.dmed4;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import org.meterledger.driver.modbus.NumberType;
import org.meterledger.driver.modbus.RegisterRange;
import org.meterledger.driver.modbus.Words;

/**
 * A row of addresses.csv.
 *
 * @param range where it is on the wire
 * @param type null where it is no number
 */
record Address(String name, RegisterRange range, NumberType type) {

  private static final int HEXADECIMAL = 16;
  private static final String NO_NUMBER = "words";

  /** The only place where the manual's numbers, which begin at 1, become those of the wire. */
  static Address of(Map<String, String> row) {
    var number = Integer.parseInt(row.get("register"), HEXADECIMAL);
    var type = row.get("type");
    return new Address(
        row.get("name"),
        new RegisterRange(
            number - Integer.parseInt(row.get("offset")), Integer.parseInt(row.get("words"))),
        type.equals(NO_NUMBER) ? null : NumberType.valueOf(type.toUpperCase(Locale.ROOT)));
  }

  int wire() {
    return range.address();
  }

  /** The whole number as it was told. */
  BigDecimal number(Words words) {
    return new BigDecimal(words.integer(wire(), type));
  }
}
