package org.meterledger.driver.modbus;

import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;

/** What an exception means (Modbus application protocol 1.1b3, 7). */
final class Refusal {

  /** Taken, but not done yet. */
  static final int STILL_AT_IT = 5;

  private Refusal() {}

  static Fault of(String address, Question<?> question, Declined declined) {
    var about = question.about().isEmpty() ? "" : " for " + question.about();
    var text =
        switch (declined.code()) {
          case 1 -> "does not know function %02X".formatted(question.function());
          case 2 -> "does not have what was asked" + about;
          case 3 ->
              question.changes()
                  ? "does not take that value" + about
                  : "does not read that many at once" + about;
          case 4 -> "cannot do that as it is now" + about;
          case STILL_AT_IT -> "is still at it" + about;
          case 6 -> "is busy" + about;
          default -> "answers with an exception of no known meaning" + about;
        };
    return new Fault(
        kind(question, declined.code()),
        "%s %s (exception %02X)".formatted(address, text, declined.code()));
  }

  private static Kind kind(Question<?> question, int code) {
    return switch (code) {
      case 1, 2 -> Kind.UNSUPPORTED;
      case 3, 4 -> question.changes() ? Kind.NOT_TAKEN : Kind.UNSUPPORTED;
      case STILL_AT_IT, 6 -> Kind.BUSY;
      default -> Kind.PROTOCOL;
    };
  }
}
