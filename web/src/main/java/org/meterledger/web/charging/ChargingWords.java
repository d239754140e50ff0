package org.meterledger.web.charging;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.charging.ChargingSession;
import org.meterledger.charging.ChargingSessions.Listed;
import org.meterledger.charging.JudgedRecord;
import org.meterledger.charging.OcmfReading;
import org.meterledger.charging.OcmfRecord;
import org.meterledger.charging.RecordDigest;
import org.meterledger.charging.SessionEnergy;
import org.meterledger.charging.SessionFinding;
import org.meterledger.charging.Verdict;
import org.meterledger.web.layout.Texts;

/** Sessions, records and verdicts in words. Values keep the digits that were signed. */
@RequestScoped
public class ChargingWords {

  private static final String NONE = "–";

  @Inject private Texts texts;

  /**
   * A session.
   *
   * @param begin null where the record that tells it is missing
   * @param end null while it lasts
   * @param records digests with commas between, as the API takes them
   * @param first digest of its first record
   */
  public record SessionLine(
      String number,
      Instant begin,
      Instant end,
      String identification,
      String imported,
      String exported,
      String result,
      List<String> findings,
      String records,
      String first) {}

  /**
   * A record.
   *
   * @param madeAt null where it tells no time
   */
  public record RecordLine(
      String digest,
      String number,
      Instant madeAt,
      String transaction,
      String value,
      String result,
      String explanation) {}

  /** A fact with its name, both for people. */
  public record Fact(String name, String value) {}

  /** A reading in a record. */
  public record ReadingLine(
      Instant at, String timeStatus, String transaction, String register, String value) {}

  /**
   * All of a record.
   *
   * @param intact whether the archived text is still the one that came
   */
  public record Details(
      RecordLine line, boolean intact, List<Fact> facts, List<ReadingLine> readings, String text) {}

  SessionLine session(Listed listed) {
    var session = listed.session();
    return new SessionLine(
        session.number(),
        time(session.begin()),
        time(session.end()),
        session.identification().map(OcmfRecord.Identification::data).orElse(NONE),
        energy(session.importEnergy()),
        energy(session.exportEnergy()),
        session.result().name(),
        findings(session),
        listed.digests().stream().map(RecordDigest::hex).collect(Collectors.joining(",")),
        listed.digests().get(0).hex());
  }

  private List<String> findings(ChargingSession session) {
    return session.findings().stream().map(this::finding).toList();
  }

  private String finding(SessionFinding finding) {
    var values = Stream.concat(Stream.of(finding.record()), finding.values().stream()).toArray();
    return texts.get("chargingFinding." + finding.code(), values);
  }

  RecordLine record(JudgedRecord judged) {
    var archived = judged.archived();
    var last = last(judged);
    return new RecordLine(
        archived.digest().hex(),
        archived.pagination() == null ? NONE : archived.pagination(),
        archived.madeAt().equals(Instant.EPOCH) ? null : archived.madeAt(),
        judged.read() == null
            ? NONE
            : judged.read().readings().stream()
                .map(OcmfReading::transaction)
                .filter(Objects::nonNull)
                .distinct()
                .map(each -> texts.of("chargingTransaction", each))
                .collect(Collectors.joining(", ")),
        last.map(ChargingWords::value).orElse(NONE),
        judged.verdict().result().name(),
        explanation(judged.verdict()));
  }

  private static Optional<OcmfReading> last(JudgedRecord judged) {
    return judged.read() == null || judged.read().readings().isEmpty()
        ? Optional.empty()
        : Optional.of(judged.read().readings().get(judged.read().readings().size() - 1));
  }

  /** Why the verdict is what it is, in one sentence. */
  String explanation(Verdict verdict) {
    return texts.get("verdictReason." + verdict.reason(), verdict.values().toArray());
  }

  Details details(JudgedRecord judged) {
    var readings =
        judged.read() == null
            ? List.<ReadingLine>of()
            : judged.read().readings().stream().map(this::reading).toList();
    return new Details(
        record(judged),
        judged.archived().intact(),
        facts(judged),
        readings,
        judged.archived().text());
  }

  private ReadingLine reading(OcmfReading reading) {
    return new ReadingLine(
        time(reading),
        reading.timeStatus() == null ? NONE : texts.of("timeStatus", reading.timeStatus()),
        reading.transaction() == null
            ? NONE
            : texts.of("chargingTransaction", reading.transaction()),
        reading.identification() == null ? NONE : reading.identification(),
        value(reading));
  }

  private List<Fact> facts(JudgedRecord judged) {
    var read = Optional.ofNullable(judged.read());
    return Stream.of(
            fact("meter", read.map(each -> each.meter().serialNumber())),
            fact("gateway", read.map(each -> each.gateway().serialNumber())),
            fact("identification", read.map(each -> each.identification().data())),
            fact("tariff", read.map(OcmfRecord::tariffText)),
            fact("progressive", Optional.ofNullable(judged.archived().progressive())),
            fact(
                "rolledOver",
                Optional.of(judged)
                    .filter(JudgedRecord::rolledOver)
                    .map(any -> texts.get("chargingFact.rolledOver.yes"))),
            fact("key", Optional.ofNullable(judged.key()).map(key -> key.key().fingerprint())),
            fact("sha256", Optional.of(judged.archived().digest().hex())))
        .filter(Objects::nonNull)
        .toList();
  }

  private Fact fact(String name, Optional<?> value) {
    return value
        .map(String::valueOf)
        .filter(text -> !text.isBlank())
        .map(text -> new Fact(texts.get("chargingFact." + name), text))
        .orElse(null);
  }

  private static String value(OcmfReading reading) {
    return reading.value() == null ? NONE : unit(reading.value().toPlainString(), reading.unit());
  }

  private static String energy(Optional<SessionEnergy> of) {
    return of.filter(each -> each.energy() != null)
        .map(each -> unit(each.energy().toPlainString(), each.unit()))
        .orElse(NONE);
  }

  private static String unit(String value, String unit) {
    return unit == null ? value : value + "\u00A0" + unit;
  }

  private static Instant time(OcmfReading reading) {
    return reading == null || reading.time() == null ? null : reading.time().toInstant();
  }
}
