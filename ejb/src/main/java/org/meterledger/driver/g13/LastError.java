package org.meterledger.driver.g13;

import java.util.regex.Pattern;

/**
 * Details of a request that failed (N91). The manual at hand does not show the keys.
 *
 * @param description in the words of the gateway, perhaps empty
 */
public record LastError(String description) {

  static final String PATH = "/lasterror/";

  private static final Pattern LINK = Pattern.compile(".*lasterror/(\\d{1,10}).*");

  /** The id in a {@code Link} header; 0 for none. */
  static long id(String link) {
    var matcher = LINK.matcher(link);
    return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
  }

  static LastError of(Node answer) {
    for (String key : new String[] {"des", "description", "error", "message", "status"}) {
      var text = answer.textOr(key, "");
      if (!text.isBlank()) {
        return new LastError(text);
      }
    }
    return new LastError("");
  }
}
