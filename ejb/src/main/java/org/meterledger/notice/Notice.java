package org.meterledger.notice;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Something has changed; every node gets it as a CDI event, the one that told it too.
 *
 * @param topic what kind of thing: small letters and hyphens
 * @param key which of them, for example a serial number; may be empty, never null
 */
public record Notice(String topic, String key) {

  /** Topic of what is told after an absence: anything may have changed meanwhile. */
  public static final String ALL = "all";

  /** PostgreSQL, "NOTIFY": a payload must be shorter than 8000 bytes. */
  private static final int LONGEST_BYTES = 7_999;

  private static final Pattern TOPIC = Pattern.compile("[a-z-]+");

  /**
   * @throws IllegalArgumentException for a topic of other letters, and for both together longer
   *     than a notification of the database
   */
  public Notice {
    if (!TOPIC.matcher(topic).matches()) {
      throw new IllegalArgumentException("Not a topic: " + topic);
    }
    if ((topic + ' ' + key).getBytes(StandardCharsets.UTF_8).length > LONGEST_BYTES) {
      throw new IllegalArgumentException("The key is too long for a notice of " + topic);
    }
  }

  static Notice all() {
    return new Notice(ALL, "");
  }

  String payload() {
    return topic + ' ' + key;
  }

  static Notice of(String payload) {
    int space = payload.indexOf(' ');
    return new Notice(payload.substring(0, space), payload.substring(space + 1));
  }

  /** Whether somebody who asked for this topic and key wants to know. */
  public boolean concerns(String askedTopic, String askedKey) {
    return topic.equals(ALL)
        || topic.equals(askedTopic)
            && (askedKey.isEmpty() || key.isEmpty() || key.equals(askedKey));
  }
}
