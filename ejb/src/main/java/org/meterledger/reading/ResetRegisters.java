package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RegisterResetTarget;
import org.meterledger.driver.RegisterSource;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Sets registers to zero that are made for it, after their values have been archived. The meter's
 * own count of resets tells whether it did.
 */
@ApplicationScoped
public class ResetRegisters implements OperationKind {

  public static final String NAME = "RESET_REGISTERS";

  static final String REGISTER = "register";
  static final String ALL = "ALL";

  private final ReadingContext context;

  /** For the client proxy only. */
  protected ResetRegisters() {
    this(null);
  }

  @Inject
  public ResetRegisters(ReadingContext context) {
    this.context = context;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return RegisterResetTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    var choices =
        unopened.as(RegisterResetTarget.class).orElseThrow().resettable().stream()
            .map(ObisCode::toString)
            .sorted()
            .collect(Collectors.toCollection(ArrayList::new));
    choices.add(ALL);
    return List.of(OperationParameter.choice(REGISTER, true, choices));
  }

  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var told = Json.createObjectBuilder();
    var target = meter.session().as(RegisterResetTarget.class).orElseThrow();
    var before = progress.value(target.resetCounts());
    var wanted =
        before == null ? Set.<ObisCode>of() : wanted(parameters.getString(REGISTER), before);
    if (before != null && wanted.isEmpty()) {
      progress.fail(new Fault(Fault.Kind.UNSUPPORTED, "This meter does not have the register"));
    }
    var values = progress.fault() == null ? archived(meter, wanted, progress) : null;
    if (values != null) {
      told.add("before", told(values, before, wanted));
      var counts = reset(target, wanted, before, progress);
      var after = counts == null ? null : new Progress().value(source(meter).readRegisters());
      if (after != null) {
        told.add("after", told(after, counts, wanted));
      }
    }
    return new Outcome(told.build(), progress);
  }

  /** Those that the meter has. */
  private static Set<ObisCode> wanted(String chosen, Map<ObisCode, Long> counts) {
    return counts.keySet().stream()
        .filter(register -> chosen.equals(ALL) || chosen.equals(register.toString()))
        .collect(Collectors.toSet());
  }

  /** The values of now, or null where one of them did not come or was not stored. */
  private RegisterReading archived(OpenMeter meter, Set<ObisCode> wanted, Progress progress)
      throws InterruptedException {
    var read = new Progress();
    var reading = new MeterReading(meter, context).registers(source(meter), read);
    progress.received(read.received(), 0);
    var came =
        reading == null
            ? Set.<ObisCode>of()
            : reading.values().stream().map(RegisterValue::obis).collect(Collectors.toSet());
    // others that did not come are none of the values that would be lost
    if (!came.containsAll(wanted)) {
      progress.fail(
          read.fault() != null
              ? read.fault()
              : lacking("The meter did not tell what is to be reset"));
      return null;
    }
    return OpenMeter.await(meter.submit(), progress) ? reading : null;
  }

  /** The counts afterwards; null, with the fault told, where they could not be read back. */
  private static Map<ObisCode, Long> reset(
      RegisterResetTarget target,
      Set<ObisCode> wanted,
      Map<ObisCode, Long> before,
      Progress progress) {
    var sent = target.reset(wanted);
    var back = new Progress();
    var counts = back.value(target.resetCounts());
    if (counts == null || !counts.keySet().containsAll(wanted)) {
      progress.fail(
          Commands.unconfirmed(
              sent, back.fault() != null ? back.fault() : lacking("The counts are not told")));
      return counts;
    }
    var open = new TreeSet<ObisCode>(Comparator.comparing(ObisCode::toString));
    open.addAll(wanted);
    open.removeIf(register -> counts.get(register) > before.get(register));
    if (open.size() == wanted.size()) {
      progress.fail(Commands.notTaken(sent, "it counts no reset"));
    } else if (!open.isEmpty()) {
      progress.fail(Commands.partlyTaken(sent, "it counts no reset of " + open));
    }
    return counts;
  }

  private static Fault lacking(String what) {
    return new Fault(Fault.Kind.PROTOCOL, what);
  }

  private static RegisterSource source(OpenMeter meter) {
    return meter.session().as(RegisterSource.class).orElseThrow();
  }

  private static JsonObject told(
      RegisterReading values, Map<ObisCode, Long> counts, Set<ObisCode> wanted) {
    var told = Json.createObjectBuilder();
    for (var value : values.values()) {
      if (wanted.contains(value.obis())) {
        var register =
            Json.createObjectBuilder()
                .add("value", value.quantity().value())
                .add("unit", value.quantity().unit().symbol());
        if (counts.containsKey(value.obis())) {
          register.add("resets", counts.get(value.obis()));
        }
        told.add(value.obis().toString(), register);
      }
    }
    return told.build();
  }
}
