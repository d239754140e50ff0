package org.meterledger.web.charging;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import org.meterledger.charging.ChargingKeys;
import org.meterledger.charging.ChargingRecords;
import org.meterledger.charging.ChargingSessions;
import org.meterledger.charging.JudgedRecord;
import org.meterledger.charging.MeterKeys;
import org.meterledger.charging.RecordDigest;
import org.meterledger.web.meter.CurrentMeter;
import org.omnifaces.util.Servlets;

/** Backs the sessions and records of meter/charging.xhtml, a month of them or as many as fit. */
@Named
@ViewScoped
public class ChargingPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final Duration SHOWN = Duration.ofDays(31);

  /** Records on a page; more where many were made in the same moment. */
  private static final int MOST = 60;

  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  @Inject private ChargingRecords records;
  @Inject private ChargingSessions sessions;
  @Inject private ChargingKeys keys;
  @Inject private CurrentMeter currentMeter;
  @Inject private ChargingWords words;

  private String before;
  private String record;
  private transient Content content;

  /**
   * What is shown.
   *
   * @param from null where nothing is older
   * @param to the first moment that is not shown any more
   * @param older where the page before ends; null where there is none
   */
  private record Content(
      Instant from,
      Instant to,
      Instant older,
      List<ChargingWords.SessionLine> sessions,
      List<ChargingWords.RecordLine> records,
      ChargingWords.Details shown) {}

  private Content content() {
    if (content == null) {
      content = currentMeter.getRow() == null ? nothing() : read();
    }
    return content;
  }

  private static Content nothing() {
    return new Content(null, END, null, List.of(), List.of(), null);
  }

  private Content read() {
    int meter = currentMeter.getId();
    var serial = currentMeter.getSerial();
    var known = keys.of(meter);
    var to = records.newestBefore(meter, end()).map(at -> at.plusMillis(1)).orElse(end());
    var month = to.minus(SHOWN);
    var behind = records.madeBehind(meter, to, MOST).map(at -> at.plusMillis(1));
    var start = behind.filter(month::isBefore).orElse(month);
    var older = records.newestBefore(meter, start);
    var from = older.isPresent() ? start : null;
    var judged =
        records.made(meter, from, to).stream().map(each -> known.judge(each, serial)).toList();
    var lines =
        new ArrayList<>(
            sessions.begun(meter, serial, known, from, to).stream().map(words::session).toList());
    Collections.reverse(lines);
    var recordLines = new ArrayList<>(judged.stream().map(words::record).toList());
    Collections.reverse(recordLines);
    return new Content(
        from,
        to,
        older.map(at -> at.plusMillis(1)).orElse(null),
        lines,
        recordLines,
        details(meter, serial, known));
  }

  private ChargingWords.Details details(int meter, String serial, MeterKeys known) {
    try {
      return record == null
          ? null
          : records
              .find(meter, new RecordDigest(record))
              .map(each -> known.judge(each, serial))
              .map(this::details)
              .orElse(null);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private ChargingWords.Details details(JudgedRecord judged) {
    return words.details(judged);
  }

  private Instant end() {
    try {
      return before == null ? END : Instant.parse(before);
    } catch (DateTimeException e) {
      return END;
    }
  }

  public boolean isBlank() {
    return content().records().isEmpty();
  }

  /** Newest first. */
  public List<ChargingWords.SessionLine> getSessions() {
    return content().sessions();
  }

  /** Newest first. */
  public List<ChargingWords.RecordLine> getRecords() {
    return content().records();
  }

  /** The record that was chosen; null for none. */
  public ChargingWords.Details getShown() {
    return content().shown();
  }

  /** The page with what was charged before; null where there is nothing. */
  public String getOlder() {
    var older = content().older();
    return older == null ? null : address(older.toString(), null);
  }

  /** The page with the newest; null where it is shown. */
  public String getNewest() {
    return end().equals(END) ? null : address(null, null);
  }

  /** The same page with a record unfolded. */
  public String show(String digest) {
    return address(before, digest);
  }

  private String address(String end, String digest) {
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("serial", List.of(currentMeter.getSerial()));
    parameters.put("before", end == null ? List.of() : List.of(end));
    parameters.put("record", digest == null ? List.of() : List.of(digest));
    return "charging.xhtml?" + Servlets.toQueryString(parameters);
  }

  /** Parameters of the API for just what is seen. */
  public String getExport() {
    var parameters = new LinkedHashMap<String, List<String>>();
    var from = content().from();
    parameters.put("from", from == null ? List.of() : List.of(from.toString()));
    parameters.put("to", List.of(content().to().toString()));
    return Servlets.toQueryString(parameters);
  }

  public String getBefore() {
    return before;
  }

  public void setBefore(String before) {
    this.before = before;
  }

  public String getRecord() {
    return record;
  }

  public void setRecord(String record) {
    this.record = record;
  }
}
