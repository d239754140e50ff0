package org.meterledger.logbook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.metering.ObisCode;

/** What the codes in logbooks mean, from the device models and the portal's own table. */
@ApplicationScoped
public class Meanings {

  private static final ObisCode PORTAL = ObisCode.of("0-0:99.98.128");
  private static final ObisCode ROW_STATUS = ObisCode.of("0-0:99.98.129");

  private static final CSVFormat TABLE =
      CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).setCommentMarker('#').get();

  /** Of a code that no table knows. */
  private static final Map<String, String> UNKNOWN =
      Map.of("en", "Unknown event %d", "de", "Unbekanntes Ereignis %d");

  private final MeterModels models;
  private final List<Map<String, String>> findings;

  /** For the client proxy only. */
  protected Meanings() {
    models = null;
    findings = null;
  }

  @Inject
  public Meanings(MeterModels models) {
    this.models = models;
    var in = Meanings.class.getResourceAsStream("/logbook/findings.csv");
    try (var reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      findings = TABLE.parse(reader).stream().map(CSVRecord::toMap).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A code's weight and words. */
  record Meaning(LogbookLine.Severity severity, String words) {}

  /** A code that no table knows is told as such: an unknown event is not a harmless one. */
  Meaning of(String model, ObisCode logbook, int code, Locale language) {
    String text = String.valueOf(code);
    return table(model, logbook).stream()
        .filter(row -> text.equals(row.get("code")))
        .findFirst()
        .map(
            row ->
                new Meaning(
                    LogbookLine.Severity.valueOf(row.get("severity")),
                    row.getOrDefault("meaning_" + language.getLanguage(), row.get("meaning_en"))))
        .orElseGet(() -> unknown(code, language));
  }

  private static Meaning unknown(int code, Locale language) {
    var words = UNKNOWN.getOrDefault(language.getLanguage(), UNKNOWN.get("en"));
    return new Meaning(LogbookLine.Severity.WARNING, words.formatted(code));
  }

  /**
   * What a code means, if it is an alarm.
   *
   * @throws IllegalArgumentException when there is no such model
   */
  public Optional<String> alarm(String model, ObisCode logbook, int code, Locale language) {
    var meaning = of(model, logbook, code, language);
    return meaning.severity() == LogbookLine.Severity.ALARM
        ? Optional.of(meaning.words())
        : Optional.empty();
  }

  private List<Map<String, String>> table(String model, ObisCode logbook) {
    if (logbook.equals(PORTAL)) {
      return findings;
    }
    var known = models.get(model);
    return logbook.equals(ROW_STATUS)
        ? known.table("status")
        : known.table("events").stream()
            .filter(row -> ObisCode.of(row.get("logbook")).equals(logbook))
            .toList();
  }
}
