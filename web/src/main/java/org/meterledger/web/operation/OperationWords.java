package org.meterledger.web.operation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.group.MeterGroup;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;
import org.meterledger.operation.AwaitedApproval;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationState;
import org.meterledger.reading.ReadSettingsPart;
import org.meterledger.reading.ResetRegisters;
import org.meterledger.web.group.GroupNames;
import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.Texts;

/** What was asked and what came of it, in words. */
@Named("operationWords")
@RequestScoped
public class OperationWords {

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*Z");
  private static final Pattern OBIS = Pattern.compile("\\d+-\\d+:\\d+\\.\\d+\\.\\d+\\*\\d+");

  /** What is shown as a table, or not at all since another table tells it. */
  private static final Set<String> TABLES =
      Set.of("registers", "before", "after", "sent", "values", "unconfirmed", "changedMeanwhile");

  @Inject private Texts texts;
  @Inject private Formats format;
  @Inject private GroupNames groupNames;

  /** Parameter of a scan: an object with the buses by name. */
  private static final String BUSES = "buses";

  /** A name with its value, both for people. */
  public record Line(String name, String value) {}

  /**
   * A register that was to be reset.
   *
   * @param before null, as {@code after}, where it was not read
   * @param resetsBefore how often it had been reset; a dash where that is not known
   */
  public record ResetLine(
      String register, Quantity before, Quantity after, String resetsBefore, String resetsAfter) {}

  /** One sentence for a line of a list. */
  public String outcome(MeterOperation operation) {
    if (operation.state() == OperationState.WAITING) {
      return texts.get(
          "operation.again", texts.of("fault", operation.fault()), format.ago(operation.dueAt()));
    }
    if (operation.state() == OperationState.QUEUED) {
      return operation.notBefore().isAfter(operation.requestedAt())
          ? texts.get(
              "operation.notBefore", format.time(operation.notBefore(), operation.timeZone()))
          : "";
    }
    if (operation.state() == OperationState.REJECTED) {
      var approval = operation.approval();
      return texts.get("operation.rejected", approval.decidedBy(), approval.reason());
    }
    if (operation.fault() != null) {
      return texts.of("fault", operation.fault());
    }
    return operation.state() == OperationState.SUCCEEDED ? summary(operation) : "";
  }

  /**
   * Whom a request to many meters asks.
   *
   * @param groupId null where meters were named
   */
  public String target(Integer groupId, int meters) {
    if (groupId == null) {
      return texts.get("operations.named", meters);
    }
    return groupId <= MeterGroup.WATCHED
        ? groupNames.words(groupId, null)
        : groupNames.getSeen().getOrDefault(groupId, texts.get("operations.groupGone"));
  }

  /** What waits for a second person, and of whom it is asked. */
  public String request(AwaitedApproval awaited) {
    var operation = awaited.operation();
    String kind = texts.of("kind", operation.kind());
    return texts.get(
        "approvals.request",
        operation.bundleId() == null ? kind : texts.get("approvals.bundle", kind),
        awaited.many() ? target(awaited.groupId(), awaited.meters()) : operation.serialNumber());
  }

  private String summary(MeterOperation operation) {
    var result = json(operation.result());
    if (result.containsKey("registers")) {
      return texts.get("operation.registers", result.getJsonArray("registers").size());
    }
    return String.join(
        ", ",
        lines(result, operation.timeZone()).stream()
            .filter(line -> !line.value().isEmpty())
            .map(line -> line.name() + ": " + line.value())
            .limit(2)
            .toList());
  }

  /** What was given along. */
  public List<Line> parameters(MeterOperation operation) {
    return lines(json(operation.parameters()), operation.timeZone());
  }

  /** What the meter told, but for what is a table. */
  public List<Line> result(MeterOperation operation) {
    return lines(json(operation.result()), operation.timeZone());
  }

  /** What registers had before and after they were reset; empty for other operations. */
  public List<ResetLine> resets(MeterOperation operation) {
    var result = json(operation.result());
    if (!operation.kind().equals(ResetRegisters.NAME) || !result.containsKey("before")) {
      return List.of();
    }
    var before = result.getJsonObject("before");
    var after =
        result.containsKey("after") ? result.getJsonObject("after") : JsonValue.EMPTY_JSON_OBJECT;
    return before.keySet().stream()
        .sorted()
        .map(
            code ->
                new ResetLine(
                    texts.register(ObisCode.of(code)),
                    quantity(before, code),
                    quantity(after, code),
                    resets(before, code),
                    resets(after, code)))
        .toList();
  }

  private static Quantity quantity(JsonObject registers, String code) {
    var told = registers.getJsonObject(code);
    return told == null
        ? null
        : new Quantity(
            told.getJsonNumber("value").bigDecimalValue(), Unit.ofSymbol(told.getString("unit")));
  }

  private String resets(JsonObject registers, String code) {
    var told = registers.getJsonObject(code);
    return told == null || !told.containsKey("resets")
        ? "–"
        : format.number(told.getJsonNumber("resets").bigDecimalValue());
  }

  private List<Line> lines(JsonObject told, String zone) {
    return told.entrySet().stream()
        .filter(entry -> !TABLES.contains(entry.getKey()))
        .flatMap(
            entry ->
                entry.getValue() instanceof JsonArray attributes
                    ? attributes.getValuesAs(JsonObject.class).stream().map(this::attribute)
                    : Stream.of(
                        new Line(
                            texts.of("told", entry.getKey()),
                            value(entry.getKey(), entry.getValue(), zone))))
        .toList();
  }

  /** Of a COSEM object, as the meter gave it. */
  private Line attribute(JsonObject told) {
    return new Line(
        texts.get("told.attribute", told.getInt("attribute")),
        told.getString("value").isEmpty() ? "–" : told.getString("value"));
  }

  private String value(String name, JsonValue value, String zone) {
    if (value instanceof JsonNumber number) {
      return format.number(number.bigDecimalValue());
    }
    if (value == JsonValue.TRUE || value == JsonValue.FALSE) {
      return texts.get("settings." + value);
    }
    if (name.equals(BUSES) && value instanceof JsonObject buses) {
      return buses.entrySet().stream()
          .map(bus -> bus(bus.getKey(), bus.getValue().asJsonObject()))
          .collect(Collectors.joining("; "));
    }
    if (!(value instanceof JsonString text)) {
      return value == JsonValue.NULL ? "" : value.toString();
    }
    String words = text.getString();
    if (name.equals(ReadSettingsPart.PART)) {
      return texts.of(name, words);
    }
    if (TIME.matcher(words).matches()) {
      return format.seconds(Instant.parse(words), zone);
    }
    return choice(name, words);
  }

  /** What is looked for on a bus: all, from an address to another, or at listed ones. */
  private String bus(String name, JsonObject scan) {
    var bus = texts.of("meterBus", name);
    var named =
        scan.containsKey("baudRate")
            ? texts.get("busScan.baudRate", bus, scan.get("baudRate").toString())
            : bus;
    if (scan.containsKey("first")) {
      return texts.get(
          "busScan.range", named, scan.get("first").toString(), scan.get("last").toString());
    }
    var listed = scan.getJsonArray("listed");
    return listed == null
        ? texts.get("busScan.all", named)
        : texts.get(
            "busScan.listed",
            named,
            listed.stream().map(JsonValue::toString).collect(Collectors.joining(", ")));
  }

  /** A value that can be chosen for a parameter; codes with what they stand for. */
  public String choice(String name, String value) {
    String words = texts.of("chosen", value);
    if (!words.equals(value) || !OBIS.matcher(value).matches()) {
      return words;
    }
    words = texts.of(name, value);
    return words.equals(value) ? value : texts.get("operation.choice", words, value);
  }

  /** An empty object for null. */
  static JsonObject json(String text) {
    if (text == null) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
