package org.meterledger.web.operation;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.Serializable;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationParameter;

/** One thing to be done, as it stands in the form: all values are what the person typed. */
public class StepForm implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Map<String, String> values = new HashMap<>();
  private String kind;

  public StepForm(String kind) {
    this.kind = kind;
  }

  /**
   * The kind is another: what does not fit it goes, and where a range of time is asked yesterday is
   * proposed, so that the form can be sent as it is.
   */
  void follow(List<OperationParameter> parameters, LocalDate today) {
    values.keySet().retainAll(parameters.stream().map(OperationParameter::name).toList());
    for (var parameter : parameters) {
      String chosen = values.get(parameter.name());
      if (parameter.type() == OperationParameter.Type.CHOICE
          && chosen != null
          && !parameter.choices().contains(chosen)) {
        values.remove(parameter.name());
      }
      if (parameter.type() == OperationParameter.Type.TIME && parameter.required()) {
        var day = parameter.name().equals("from") ? today.minusDays(1) : today;
        values.putIfAbsent(parameter.name(), day.atStartOfDay().toString());
      }
    }
  }

  /** As an earlier operation had it, but for what is secret: that is given anew. */
  void take(List<OperationParameter> parameters, JsonObject given, ZoneId zone) {
    for (var parameter : parameters) {
      var value = given.get(parameter.name());
      if (value != null && parameter.type() != OperationParameter.Type.SECRET) {
        String text = value instanceof JsonString string ? string.getString() : value.toString();
        values.put(
            parameter.name(),
            parameter.type() == OperationParameter.Type.TIME
                ? local(Instant.parse(text), zone)
                : text);
      }
    }
  }

  /**
   * What is sent.
   *
   * @throws InvalidOperation where something is no time or no number
   */
  JsonObject parameters(List<OperationParameter> known, ZoneId zone) {
    var parameters = Json.createObjectBuilder();
    for (var parameter : known) {
      String value = values.get(parameter.name());
      if (value == null || value.isBlank()) {
        continue;
      }
      String field = "parameters." + parameter.name();
      switch (parameter.type()) {
        case TIME -> parameters.add(parameter.name(), instant(field, value, zone).toString());
        case NUMBER -> parameters.add(parameter.name(), number(field, value));
        default -> parameters.add(parameter.name(), value);
      }
    }
    return parameters.build();
  }

  static String local(Instant at, ZoneId zone) {
    return at.atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /**
   * @param text local time of the zone; null or blank for null
   * @throws InvalidOperation when it is no time
   */
  static Instant instant(String field, String text, ZoneId zone) {
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return LocalDateTime.parse(text.strip()).atZone(zone).toInstant();
    } catch (DateTimeException e) {
      throw new InvalidOperation(field, "type", text + " is not a time");
    }
  }

  private static BigInteger number(String field, String text) {
    try {
      return new BigInteger(text.strip());
    } catch (NumberFormatException e) {
      throw new InvalidOperation(field, "range", text + " is not a whole number");
    }
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }

  /** By name of the parameter. */
  public Map<String, String> getValues() {
    return values;
  }
}
