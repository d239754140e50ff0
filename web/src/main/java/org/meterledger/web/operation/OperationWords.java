package org.meterledger.web.operation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.meterledger.group.MeterGroup;
import org.meterledger.operation.AwaitedApproval;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationState;
import org.meterledger.web.group.GroupNames;
import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.Texts;

/** What was asked and what came of it, in words. */
@Named("operationWords")
@RequestScoped
public class OperationWords {

  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT.*Z");
  private static final Pattern OBIS = Pattern.compile("\\d+-\\d+:\\d+\\.\\d+\\.\\d+\\*\\d+");

  @Inject private Texts texts;
  @Inject private Formats format;
  @Inject private GroupNames groupNames;

  /** A name with its value, both for people. */
  public record Line(String name, String value) {}

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

  /** What the meter told, but for registers, which are a table. */
  public List<Line> result(MeterOperation operation) {
    return lines(json(operation.result()), operation.timeZone());
  }

  private List<Line> lines(JsonObject told, String zone) {
    return told.entrySet().stream()
        .filter(entry -> !entry.getKey().equals("registers"))
        .map(
            entry ->
                new Line(
                    texts.of("told", entry.getKey()),
                    value(entry.getKey(), entry.getValue(), zone)))
        .toList();
  }

  private String value(String name, JsonValue value, String zone) {
    if (value instanceof JsonNumber number) {
      return format.number(number.bigDecimalValue());
    }
    if (!(value instanceof JsonString text)) {
      return value == JsonValue.NULL ? "" : value.toString();
    }
    String words = text.getString();
    if (TIME.matcher(words).matches()) {
      return format.seconds(Instant.parse(words), zone);
    }
    return OBIS.matcher(words).matches() ? choice(name, words) : texts.of(name, words);
  }

  /** A value that can be chosen for a parameter; codes with what they stand for. */
  public String choice(String name, String value) {
    String words = texts.of(name, value);
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
