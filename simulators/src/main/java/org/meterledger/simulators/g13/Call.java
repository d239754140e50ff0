package org.meterledger.simulators.g13;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One request that was let in.
 *
 * @param user who asks
 * @param meter of the path; null for resources of the gateway
 * @param now true second
 * @param arguments by their names in the route
 * @param body as received, empty for none
 * @param aborted whether an update of several transactions is to stop at its second
 */
record Call(
    G13Gateway gateway,
    Users.User user,
    G13Meter meter,
    long now,
    Map<String, String> arguments,
    String body,
    boolean aborted) {

  /** One part of an update, which can fail by itself. */
  private record Transaction(String name, Runnable work) {}

  /** The parts of an update in the order in which the gateway applies them. */
  final class Update {
    private final List<Transaction> transactions = new ArrayList<>();

    Update then(String name, Runnable work) {
      transactions.add(new Transaction(name, work));
      return this;
    }

    /** Applies one after the other; those before one that fails stay applied (p. 51). */
    Answer run() {
      int last = transactions.size() - 1;
      for (int number = 0; number <= last; number++) {
        Transaction transaction = transactions.get(number);
        try {
          if (aborted && number == Math.min(1, last)) {
            throw new Refused(500, G13Gateway.NO_ANSWER);
          }
          transaction.work().run();
        } catch (Refused refused) {
          String where = last > 0 ? " Aborted at " + transaction.name() : "";
          throw new Refused(refused.status(), refused.getMessage() + where);
        }
      }
      return Answer.success();
    }
  }

  Update update() {
    return new Update();
  }

  /** An update in one part. */
  Answer update(Runnable work) {
    return update().then("update", work).run();
  }

  String argument(String name) {
    return arguments.get(name);
  }

  /** What a whole number in the path says. */
  int number(String name, int least, int most) {
    String text = argument(name);
    if (text.matches("[0-9]{1,10}")) {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return (int) number;
      }
    }
    throw Refused.invalid();
  }

  Payload payload() {
    return new Payload(Json.read(body));
  }

  boolean hasPayload() {
    return !body.isBlank();
  }

  /** Refuses what a meter of this type does not know, as the meter does. */
  void needs(Level.Function function) {
    if (!meter.can(function)) {
      throw new Refused(500, G13Gateway.NO_ANSWER);
    }
  }
}
