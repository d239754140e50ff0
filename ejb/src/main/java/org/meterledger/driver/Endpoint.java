package org.meterledger.driver;

import java.net.URI;
import java.time.Duration;

/** Where a meter answers. */
public sealed interface Endpoint {

  /**
   * A meter that speaks HTTP.
   *
   * @param base scheme, host and port, no path, for example {@code http://10.0.0.7}
   * @param user for Basic authentication; null where the meter asks for none
   * @param password null exactly when {@code user} is; never printed
   * @param timeout how long an answer may take, and anew each part of a long one that makes
   *     progress; at least a second
   */
  record Http(URI base, String user, String password, Duration timeout) implements Endpoint {
    @Override
    public String toString() {
      return base.toString();
    }
  }
}
