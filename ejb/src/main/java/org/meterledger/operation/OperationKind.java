package org.meterledger.operation;

import jakarta.json.JsonObject;
import java.util.List;
import org.meterledger.access.Permission;
import org.meterledger.driver.Capability;
import org.meterledger.driver.MeterSession;

/**
 * Something that can be asked of a meter. Implementations are CDI beans, found with {@code
 * Instance<OperationKind>}; a feature brings its own.
 */
public interface OperationKind {

  /** As the queue stores it, for example {@code READ_REGISTERS}; never changes. */
  String name();

  /** What the meter must be able to do; null where every meter can. */
  Class<? extends Capability> needs();

  /** What it takes besides OPERATE, for each of the meters. */
  default Permission permission() {
    return Permission.OPERATE;
  }

  /**
   * What may be given along.
   *
   * @param unopened a session that has the capability; it is asked what the model has, and the
   *     meter is not called
   */
  List<OperationParameter> parameters(MeterSession unopened);

  /**
   * Rules over several parameters, and within those that are objects; each by itself has been
   * checked.
   *
   * @param unopened as for {@link #parameters}
   * @throws InvalidOperation when one is broken
   */
  default void check(MeterSession unopened, JsonObject parameters) {}

  /**
   * Whether it may be sent again when nobody knows whether it was done. Reading may; what changes a
   * meter is read back first.
   */
  default boolean repeatable() {
    return true;
  }

  /** Does it. What goes to the archive is put into {@link OpenMeter#delivery()}. */
  Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException;

  /**
   * How it went.
   *
   * @param result what the meter told, as far as it came; never null, may be empty
   * @param progress counts and fault; no fault when all went well
   */
  record Outcome(JsonObject result, Progress progress) {}
}
