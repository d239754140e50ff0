package org.meterledger.charging;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The charging sessions of a meter, put together of its archived records whenever they are asked
 * for: the records are what counts.
 */
@ApplicationScoped
public class ChargingSessions {

  /** So much earlier a session may have begun, or so much later end, than the time asked for. */
  private static final Duration LONGEST = Duration.ofDays(7);

  private final ChargingRecords records;

  /** For the client proxy only. */
  protected ChargingSessions() {
    this(null);
  }

  @Inject
  public ChargingSessions(ChargingRecords records) {
    this.records = records;
  }

  /**
   * A session and where its records are found.
   *
   * @param digests of its records, in their order
   */
  public record Listed(ChargingSession session, List<RecordDigest> digests) {
    public Listed {
      digests = List.copyOf(digests);
    }
  }

  /**
   * Sessions whose first archived record was made within a span, in their order.
   *
   * @param from null from the first, with those that tell no time
   * @param to null to the last
   */
  public List<Listed> begun(
      int meterId, String serialNumber, MeterKeys keys, Instant from, Instant to) {
    var digests = new HashMap<String, RecordDigest>();
    var times = new HashMap<String, Instant>();
    var signed = new ArrayList<SessionRecord>();
    records.each(
        meterId,
        from == null ? null : from.minus(LONGEST),
        to == null ? null : to.plus(LONGEST),
        record ->
            keys.judge(record, serialNumber)
                .signed()
                .ifPresent(
                    each -> {
                      digests.put(each.record().text(), record.digest());
                      times.put(each.record().text(), record.madeAt());
                      signed.add(each);
                    }));
    return SessionCheck.of(signed).sessions().stream()
        .filter(session -> within(times.get(text(session.records().get(0))), from, to))
        .map(session -> new Listed(session, digests(session, digests)))
        .toList();
  }

  private static String text(SessionRecord signed) {
    return signed.record().text();
  }

  private static boolean within(Instant at, Instant from, Instant to) {
    return (from == null || !at.isBefore(from)) && (to == null || at.isBefore(to));
  }

  private static List<RecordDigest> digests(
      ChargingSession session, Map<String, RecordDigest> digests) {
    return session.records().stream()
        .map(each -> digests.get(text(each)))
        .collect(Collectors.toList());
  }
}
