package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterledger.access.Permission;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CosemSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.metering.ObisCode;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/** Reads attributes of one COSEM object, for those who know what they mean. */
@ApplicationScoped
public class ReadCosem implements OperationKind {

  public static final String NAME = "READ_COSEM";
  public static final String OBIS = "obis";
  public static final String CLASS_ID = "classId";
  public static final String ATTRIBUTES = "attributes";

  private static final int LONGEST_OBIS = 23;
  private static final int HIGHEST_CLASS = 65_535;
  private static final int MOST_ATTRIBUTES = 16;
  private static final int HIGHEST_ATTRIBUTE = 127;
  private static final int LONGEST_LIST = 80;
  private static final Pattern LIST = Pattern.compile("\\s*\\d{1,3}\\s*(,\\s*\\d{1,3}\\s*)*");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return CosemSource.class;
  }

  /** Of who sets meters up. */
  @Override
  public Permission permission() {
    return Permission.MANAGE_METERS;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(
        new OperationParameter(
            CLASS_ID, OperationParameter.Type.NUMBER, true, List.of(), 1, HIGHEST_CLASS),
        OperationParameter.text(OBIS, true, LONGEST_OBIS),
        OperationParameter.text(ATTRIBUTES, true, LONGEST_LIST));
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    obis(parameters);
    attributes(parameters);
  }

  private static ObisCode obis(JsonObject parameters) {
    try {
      return ObisCode.of(parameters.getString(OBIS).strip());
    } catch (IllegalArgumentException e) {
      throw new InvalidOperation(
          "parameters." + OBIS, "pattern", "obis is a code like 1-0:32.7.0*255");
    }
  }

  private static List<Integer> attributes(JsonObject parameters) {
    var text = parameters.getString(ATTRIBUTES);
    var attributes =
        LIST.matcher(text).matches()
            ? Stream.of(text.split(",")).map(each -> Integer.valueOf(each.strip())).toList()
            : List.<Integer>of();
    if (attributes.isEmpty()
        || attributes.size() > MOST_ATTRIBUTES
        || attributes.stream().distinct().count() < attributes.size()
        || attributes.stream().anyMatch(each -> each < 1 || each > HIGHEST_ATTRIBUTE)) {
      throw new InvalidOperation(
          "parameters." + ATTRIBUTES,
          "list",
          "attributes are up to %d different numbers from 1 to %d, such as 2,3"
              .formatted(MOST_ATTRIBUTES, HIGHEST_ATTRIBUTE));
    }
    return attributes;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var read =
        progress.value(
            meter
                .session()
                .as(CosemSource.class)
                .orElseThrow()
                .readAttributes(
                    parameters.getInt(CLASS_ID), obis(parameters), attributes(parameters)));
    if (read == null) {
      return new Outcome(JsonValue.EMPTY_JSON_OBJECT, progress);
    }
    progress.received(read.size(), 0);
    var told = Json.createArrayBuilder();
    for (var each : read) {
      told.add(
          Json.createObjectBuilder().add("attribute", each.index()).add("value", each.value()));
    }
    return new Outcome(Json.createObjectBuilder().add(ATTRIBUTES, told).build(), progress);
  }
}
