package org.meterledger.driver.modbus;

import java.io.IOException;
import org.meterledger.driver.Fault.Kind;

/** An answer that is none to the request; the connection is not trusted any more. */
final class BadAnswer extends IOException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;

  /**
   * @param message goes on after the address: "answers …"
   */
  BadAnswer(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  static BadAnswer protocol(String message, Object... arguments) {
    return new BadAnswer(Kind.PROTOCOL, message.formatted(arguments));
  }

  Kind kind() {
    return kind;
  }
}
