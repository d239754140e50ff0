package org.meterledger.web.meter;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.logbook.LogbookFilter;
import org.meterledger.logbook.LogbookLine;
import org.meterledger.logbook.Logbooks;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;
import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.LazyRows;
import org.meterledger.web.layout.Preferences;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Servlets;

/** Backs meter/events.xhtml. */
@Named
@ViewScoped // a table asked for in part does not bring the parameters of the view again
public class EventsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The only one of a meter whose model has no table of them. */
  private static final String STANDARD = "0-0:99.98.0*255";

  /** What the load profile tells, what the portal noticed. */
  private static final List<String> MORE = List.of("0-0:99.98.129*255", "0-0:99.98.128*255");

  private static final String OBIS = "1-[0-9]+:[0-9]+\\.8\\.[0-9]+\\*255";

  /** Value group C up to which registers are of active energy (IEC 62056-6-1). */
  private static final int ACTIVE = 2;

  @Inject private Logbooks logbooks;
  @Inject private CurrentMeter currentMeter;
  @Inject private Preferences preferences;
  @Inject private Texts texts;
  @Inject private Formats format;

  private String logbook;
  private String from;
  private String to;
  private LazyRows<LogbookLine> rows;

  @PostConstruct
  void begin() {
    rows = new LazyRows<>(this::fetch, this::count);
  }

  private List<LogbookLine> fetch(int first, int max, String sort, boolean ascending) {
    return logbooks.list(
        currentMeter.getId(),
        currentMeter.getRow().model(),
        filter(),
        preferences.getLocale(),
        first,
        max);
  }

  private long count() {
    return logbooks.count(currentMeter.getId(), filter());
  }

  private LogbookFilter filter() {
    var until = day(to);
    return new LogbookFilter(
        begin(day(from)),
        begin(until == null ? null : until.plusDays(1)),
        logbook != null && getLogbooks().contains(logbook) ? ObisCode.of(logbook) : null);
  }

  private Instant begin(LocalDate day) {
    return day == null ? null : day.atStartOfDay(currentMeter.getZone()).toInstant();
  }

  private static LocalDate day(String text) {
    try {
      return text == null ? null : LocalDate.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  public List<String> getLogbooks() {
    var own =
        currentMeter.getModel().table("logbooks").stream().map(row -> row.get("logbook")).toList();
    return Stream.concat((own.isEmpty() ? List.of(STANDARD) : own).stream(), MORE.stream())
        .toList();
  }

  /** Parameters of the API for all that the filter lets through. */
  public String getExport() {
    var filter = filter();
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("from", text(filter.from()));
    parameters.put("to", text(filter.to()));
    parameters.put("logbook", text(filter.logbook()));
    parameters.put("language", List.of(preferences.getLanguage()));
    return Servlets.toQueryString(parameters);
  }

  /** What a part of a line's detail is, in words. */
  public String name(String key) {
    return key.matches(OBIS) ? texts.register(ObisCode.of(key)) : texts.of("detail", key);
  }

  /** A part of a line's detail: registers with their unit, times in the zone of the meter. */
  public String value(String key, String value) {
    if (key.matches(OBIS) && value.matches("-?[0-9]+")) {
      var obis = ObisCode.of(key);
      var unit = obis.c() > ACTIVE ? Unit.VAR_HOUR : Unit.WATT_HOUR;
      return format.value(new Quantity(new BigDecimal(value), unit)) + " " + format.unit(unit);
    }
    return value.matches("[0-9]{4}-.*T.*Z")
        ? format.seconds(Instant.parse(value), currentMeter.getZone())
        : value;
  }

  private static List<String> text(Object part) {
    return part == null ? List.of() : List.of(part.toString());
  }

  public boolean isFiltered() {
    return !filter().equals(LogbookFilter.ALL);
  }

  public LazyRows<LogbookLine> getRows() {
    return rows;
  }

  public String getLogbook() {
    return logbook;
  }

  public void setLogbook(String logbook) {
    this.logbook = logbook;
  }

  /** First day; absent where it is no date. */
  public String getFrom() {
    return from;
  }

  public void setFrom(String from) {
    this.from = from;
  }

  /** Last day, included. */
  public String getTo() {
    return to;
  }

  public void setTo(String to) {
    this.to = to;
  }
}
