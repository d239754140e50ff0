package org.meterledger.web.meter;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.meterledger.archive.ArchivedSnapshot;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.SnapshotKind;
import org.meterledger.metering.Unit;
import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Servlets;

/** Backs meter/previous-values.xhtml and meter/demand.xhtml. */
@Named
@ViewScoped
public class SnapshotsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Three years of months. */
  private static final int LINES = 36;

  private static final Instant END = Instant.parse("2200-01-01T00:00:00Z");

  /** Value group E of an extreme that is not the first: 128 and its place. */
  private static final int LEVELS = 127;

  @Inject private BillingSnapshots snapshots;
  @Inject private CurrentMeter currentMeter;
  @Inject private Texts texts;
  @Inject private Formats format;

  private SnapshotKind kind;
  private String quantity;
  private String before;
  private boolean more;
  private transient PeriodTable table;

  /** Which of the two pages it is. */
  public void load(String which) {
    kind = SnapshotKind.valueOf(which);
  }

  private PeriodTable table() {
    if (table == null) {
      var archived =
          currentMeter.getRow() == null || kind == null
              ? List.<ArchivedSnapshot>of()
              : snapshots.before(currentMeter.getId(), kind, end(), LINES + 1);
      more = archived.size() > LINES;
      var zone = archived.isEmpty() ? ZoneOffset.UTC : currentMeter.getZone();
      table = new PeriodTable(archived, LINES, zone, quantity);
    }
    return table;
  }

  private Instant end() {
    try {
      return before == null ? END : Instant.parse(before);
    } catch (DateTimeException e) {
      return END;
    }
  }

  public boolean isBlank() {
    return table().lines().isEmpty();
  }

  public List<PeriodTable.Line> getLines() {
    return table().lines();
  }

  public List<ObisCode> getRegisters() {
    return table().registers();
  }

  public List<ObisCode> getQuantities() {
    return table().quantities();
  }

  public boolean shows(ObisCode other) {
    return !getRegisters().isEmpty() && key(getRegisters().get(0)).equals(key(other));
  }

  /** As in addresses. */
  public String key(ObisCode register) {
    return PeriodTable.key(register);
  }

  /** A quantity in words: that of its energy, or else of its momentary value. */
  public String name(ObisCode of) {
    var counted = new ObisCode(of.a(), of.b(), of.c(), 8, 0, 255);
    var momentary = new ObisCode(of.a(), of.b(), of.c(), 7, 0, 255);
    return List.of(counted, momentary).stream()
        .filter(each -> of.b() == 0 && !texts.register(each).equals(each.shortText()))
        .findFirst()
        .map(texts::register)
        .orElseGet(() -> key(of));
  }

  /** What of the quantity a column holds. */
  public String heading(ObisCode register) {
    if (kind == SnapshotKind.DEMAND) {
      var which = texts.get(PeriodTable.maximum(register) ? "demand.highest" : "demand.lowest");
      var type = PeriodTable.secondType(register) ? texts.get("demand.second", which) : which;
      return register.e() > LEVELS ? texts.get("demand.place", type, register.e() - LEVELS) : type;
    }
    return register.e() == 0 ? texts.get("now.total") : "T" + register.e();
  }

  /** The page with the periods before these; null where there are none. */
  public String getOlder() {
    var lines = getLines();
    return more
        ? address(quantity, lines.get(lines.size() - 1).snapshot().closedAt().toString())
        : null;
  }

  /** The page with the newest periods; null where they are shown. */
  public String getNewest() {
    return end().equals(END) ? null : address(quantity, null);
  }

  private String address(String shown, String older) {
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("serial", List.of(currentMeter.getSerial()));
    parameters.put("quantity", shown == null ? List.of() : List.of(shown));
    parameters.put("before", older == null ? List.of() : List.of(older));
    return getTab() + ".xhtml?" + Servlets.toQueryString(parameters);
  }

  /** As in addresses of the page and of the API. */
  public String getTab() {
    return SnapshotExport.file(kind, false);
  }

  /** Parameters of the API for just what is seen. */
  public String getExport() {
    var lines = getLines();
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("from", List.of(lines.get(lines.size() - 1).snapshot().closedAt().toString()));
    parameters.put("to", List.of(lines.get(0).snapshot().closedAt().plusSeconds(1).toString()));
    parameters.put(
        "registers",
        List.of(getRegisters().stream().map(ObisCode::toString).collect(Collectors.joining(","))));
    return Servlets.toQueryString(parameters);
  }

  /** Ends of periods, oldest first, for the script of the chart; a JSON array. */
  public String getDays() {
    var days = Json.createArrayBuilder();
    table().oldestFirst().forEach(line -> days.add(format.date(line.day())));
    return days.build().toString();
  }

  /** What the bars stand for: name, unit and values, of which some are missing; a JSON array. */
  public String getBars() {
    var bars = Json.createArrayBuilder();
    for (var register : table().drawn()) {
      int column = getRegisters().indexOf(register);
      var values = Json.createArrayBuilder();
      var unit = new Unit[1];
      table().oldestFirst().forEach(line -> unit[0] = bar(values, line, column, unit[0]));
      bars.add(
          Json.createObjectBuilder()
              .add("name", heading(register))
              .add("unit", unit[0] == null ? "" : format.unit(unit[0]))
              .add("values", values));
    }
    return bars.build().toString();
  }

  private Unit bar(JsonArrayBuilder values, PeriodTable.Line line, int column, Unit before) {
    var cell = line.cells().get(column);
    Quantity shown =
        kind == SnapshotKind.PREVIOUS_VALUES
            ? cell.counted()
            : cell.value() == null ? null : cell.value().quantity();
    if (shown == null) {
      values.addNull();
      return before;
    }
    boolean thousands = !format.unit(shown.unit()).equals(shown.unit().symbol());
    BigDecimal value = thousands ? shown.value().movePointLeft(3) : shown.value();
    values.add(value);
    return shown.unit();
  }

  public String getQuantity() {
    return quantity;
  }

  public void setQuantity(String quantity) {
    this.quantity = quantity;
  }

  public String getBefore() {
    return before;
  }

  public void setBefore(String before) {
    this.before = before;
  }
}
