package org.meterledger.web.meter;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.meterledger.access.Grants;
import org.meterledger.meter.MeterSettings;
import org.meterledger.meter.Meters;
import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.Preferences;
import org.meterledger.web.layout.Texts;

/** Backs meter/settings.xhtml. */
@Named
@RequestScoped
public class SettingsPage {

  @Inject private MeterSettings settings;
  @Inject private Grants grants;
  @Inject private Meters meters;
  @Inject private CurrentMeter currentMeter;
  @Inject private Preferences preferences;
  @Inject private Texts texts;
  @Inject private Formats format;
  @Inject private Clock clock;

  private final List<Line> lines = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private Instant readAt;

  /** The accounts that see the meter. */
  public List<Grants.Seer> getSeers() {
    return grants.whoSees(currentMeter.getId());
  }

  /**
   * One setting.
   *
   * @param warning what is wrong with it; null where nothing is
   */
  public record Line(String name, String value, String warning) {}

  @PostConstruct
  void load() {
    if (currentMeter.getRow() == null) {
      return;
    }
    settings.of(currentMeter.getId()).ifPresent(this::show);
    var meter = meters.get(currentMeter.getSerial());
    // what is behind a gateway is reached by the gateway's account
    if (readAt != null && meter.getAddress() != null && !meter.isPasswordSet()) {
      warnings.add(texts.get("settings.warning.no-password"));
    }
  }

  private void show(MeterSettings.Told told) {
    readAt = told.readAt();
    var known = currentMeter.getModel().table("settings");
    told.values()
        .forEach(
            (key, value) ->
                lines.add(
                    known.stream()
                        .filter(row -> row.get("key").equals(key))
                        .findFirst()
                        .map(row -> line(row, value))
                        .orElse(new Line(key, value, null))));
  }

  private Line line(Map<String, String> row, String value) {
    String warning = warning(row.get("warning"), value);
    if (warning != null) {
      warnings.add(warning);
    }
    return new Line(
        row.getOrDefault("label_" + preferences.getLanguage(), row.get("label_en")),
        words(row.get("key"), value),
        warning);
  }

  private String words(String key, String value) {
    if (value.equals("true") || value.equals("false")) {
      return texts.get("settings." + value);
    }
    if (key.endsWith("datetime") && value.matches("[0-9]{9,11}")) {
      return format.seconds(Instant.ofEpochSecond(Long.parseLong(value)), currentMeter.getZone());
    }
    return value;
  }

  private String warning(String rule, String value) {
    switch (rule) {
      case "time-server-off", "updater-on":
        boolean bad = value.equals(rule.equals("updater-on") ? "true" : "false");
        return bad ? texts.get("settings.warning." + rule) : null;
      case "time-server-missing":
        return value.isBlank() ? texts.get("settings.warning." + rule) : null;
      case "firmware-old":
        return age(value);
      default:
        return null;
    }
  }

  private String age(String version) {
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return currentMeter.getModel().table("firmware").stream()
        .filter(row -> row.get("version").equals(version))
        .map(row -> LocalDate.parse(row.get("known_since")))
        .filter(since -> since.isBefore(today.minusYears(1)))
        .findFirst()
        .map(since -> texts.get("settings.warning.firmware-old", version, format.date(since)))
        .orElse(null);
  }

  /** Null before the settings were read. */
  public Instant getReadAt() {
    return readAt;
  }

  public List<Line> getLines() {
    return lines;
  }

  public List<String> getWarnings() {
    return warnings;
  }
}
