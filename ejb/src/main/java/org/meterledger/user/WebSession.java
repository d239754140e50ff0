package org.meterledger.user;

import java.io.Serializable;

/**
 * What the session of a browser carries.
 *
 * @param id in the database, where the session can be ended
 * @param token opens the API as long as the session lasts; for the scripts of its own pages
 */
public record WebSession(long id, String token) implements Serializable {

  @Override
  public String toString() {
    return "WebSession[" + id + "]";
  }
}
