package org.meterledger.health;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the parts of a node say about themselves when they are asked. */
public final class Reports {

  private static final String REASON = "reason";

  private static final Map<String, Supplier<Report>> SOURCES = new ConcurrentHashMap<>();

  private Reports() {}

  /**
   * Whether a part can do its work.
   *
   * @param details for people
   */
  public record Report(boolean up, Map<String, String> details) {

    /** Why it cannot. */
    public static Report down(String reason) {
      return new Report(false, Map.of(REASON, String.valueOf(reason)));
    }
  }

  /** From now on this source is asked about the part. */
  public static void about(String part, Supplier<Report> source) {
    SOURCES.put(part, source);
  }

  static Report of(String part) {
    var source = SOURCES.get(part);
    return source == null ? Report.down("is being started") : source.get();
  }
}
