package org.meterledger.reading;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Fault;
import org.meterledger.driver.InvalidSetting;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.driver.SettingsPart.Kept;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.model.MeterModel;

/**
 * A driver whose meters have, besides what they have, settings that live here: rows that grow and
 * shrink, a clock, and what erases things when it is written.
 */
final class SettableEmu implements MeterDriver, SettingsTarget {

  static final SettingsPart ROWS =
      SettingsPart.rows(
              "channels",
              new SettingsPart.Rows(0, 3),
              SettingsField.choice("quantity", List.of()),
              SettingsField.number("items", null, 1, 40_000))
          .erasing(Kept.LOAD_PROFILES);
  static final SettingsPart CLOCK =
      SettingsPart.record(
          "clock", SettingsField.localTime("at").moving(), SettingsField.flag("summer"));
  static final SettingsPart FORGETFUL =
      SettingsPart.record("forgetful", SettingsField.flag("on")).erasing(Kept.DEMAND);

  private final MeterDriver meters;

  /** What is held of each part, as it is now. */
  final Map<String, Supplier<JsonObject>> held;

  /** What becomes of what is written. */
  UnaryOperator<JsonObject> taking = sent -> sent;

  /** What the meter answers; asked when it has taken what it takes. */
  Supplier<CommandResult> answer = () -> new CommandResult.Accepted(Instant.EPOCH);

  /** Why it cannot be read any more; null while it can. */
  Fault fault;

  SettableEmu(MeterDriver meters, Map<String, Supplier<JsonObject>> held) {
    this.meters = meters;
    this.held = held;
  }

  @Override
  public String protocol() {
    return meters.protocol();
  }

  @Override
  public Set<Class<? extends Capability>> capabilities(MeterModel model) {
    return meters.capabilities(model);
  }

  @Override
  public MeterSession open(MeterModel model, Endpoint endpoint) {
    var session = meters.open(model, endpoint);
    return new MeterSession() {
      @Override
      public ReadResult<Identification> identify() {
        return session.identify();
      }

      @Override
      public <C extends Capability> Optional<C> as(Class<C> capability) {
        return capability == SettingsTarget.class
            ? Optional.of(capability.cast(SettableEmu.this))
            : session.as(capability);
      }

      @Override
      public void close() {
        session.close();
      }
    };
  }

  @Override
  public List<SettingsPart> parts() {
    return List.of(ROWS, CLOCK, FORGETFUL);
  }

  @Override
  public ReadResult<PartReading> readPart(String part) {
    if (fault != null) {
      return new ReadResult.Failed<>(fault);
    }
    return ReadResult.complete(
        new PartReading(
            held.get(part).get(),
            part.equals(ROWS.name())
                ? Map.of("quantity", Map.of("a", "Active", "r", "Reactive"))
                : Map.of()));
  }

  @Override
  public void checkPart(String part, JsonObject values) {
    if (part.equals(ROWS.name())
        && values.getJsonArray("rows").getValuesAs(JsonObject.class).stream()
                .mapToInt(row -> row.getInt("items"))
                .sum()
            > 40_000) {
      throw new InvalidSetting("rows", "sum", "All channels together hold 40000 items");
    }
  }

  @Override
  public CommandResult writePart(String part, JsonObject before, JsonObject after) {
    var taken = taking.apply(after);
    held.put(part, () -> taken);
    return answer.get();
  }

  static JsonObject rows(Object... quantitiesAndItems) {
    var rows = Json.createArrayBuilder();
    for (int i = 0; i < quantitiesAndItems.length; i += 2) {
      rows.add(
          Json.createObjectBuilder()
              .add("quantity", (String) quantitiesAndItems[i])
              .add("items", (Integer) quantitiesAndItems[i + 1]));
    }
    return Json.createObjectBuilder().add("rows", rows).build();
  }
}
