package org.meterledger.driver.meterextension;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The answer to {@code get_ip_info}, which is no JSON but three lines of text (manual 3.4.4). */
final class IpInfo {

  private static final int LONGEST = 500;
  private static final Pattern LINE =
      Pattern.compile("(IP|GW|Net Mask)\\s{0,4}:\\s{0,4}([0-9A-Fa-f.:]{2,45})");

  private IpInfo() {}

  /** By the box's own names; empty where it is something else. */
  static Optional<Map<String, String>> parse(String text) {
    var told = new LinkedHashMap<String, String>();
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    for (String line : text.split("\\R")) {
      var found = LINE.matcher(line.strip());
      if (found.matches()) {
        told.put(found.group(1), found.group(2));
      } else if (!line.isBlank()) {
        return Optional.empty();
      }
    }
    return told.isEmpty() ? Optional.empty() : Optional.of(told);
  }
}
