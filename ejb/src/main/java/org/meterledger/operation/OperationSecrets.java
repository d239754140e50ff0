package org.meterledger.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.meterledger.meter.MeterSecrets;
import org.meterledger.meter.UnreadableSecret;
import org.meterledger.server.Database;

/**
 * Passwords and keys that are given along with operations. They are taken out of a request before
 * anything of it is kept or told, stored encrypted, put back when the meter is asked, and forgotten
 * when no operation waits any more that needs them.
 */
@ApplicationScoped
public class OperationSecrets {

  /** Stands where a secret was given. */
  static final JsonString MASK = Json.createValue("***");

  private final Database database;
  private final MeterSecrets secrets;

  /** For the client proxy only. */
  protected OperationSecrets() {
    this(null, null);
  }

  @Inject
  public OperationSecrets(Database database, MeterSecrets secrets) {
    this.database = database;
    this.secrets = secrets;
  }

  /**
   * A request as everybody may see it.
   *
   * @param secrets what was taken out, a JSON object for each step; empty where nothing was
   */
  record Withheld(OperationRequest request, List<JsonObject> secrets) {

    /** Without what it withholds. */
    @Override
    public String toString() {
      return request.toString();
    }
  }

  /**
   * @param names of the secret parameters of each step
   * @throws InvalidOperation when there is a secret, and nothing to encrypt it by
   */
  Withheld withhold(OperationRequest request, List<Set<String>> names) {
    var steps = new ArrayList<OperationRequest.Step>();
    var taken = new ArrayList<JsonObject>();
    var work = request.work();
    for (int i = 0; i < work.size(); i++) {
      var shown = Json.createObjectBuilder();
      var hidden = Json.createObjectBuilder();
      for (var each : work.get(i).parameters().entrySet()) {
        boolean secret = names.get(i).contains(each.getKey());
        shown.add(each.getKey(), secret ? MASK : each.getValue());
        if (secret) {
          refuseWithoutKey(each.getKey());
          hidden.add(each.getKey(), each.getValue());
        }
      }
      steps.add(new OperationRequest.Step(work.get(i).kind(), shown.build()));
      taken.add(hidden.build());
    }
    return new Withheld(request.withWork(steps), taken);
  }

  private void refuseWithoutKey(String name) {
    if (!secrets.available()) {
      throw new InvalidOperation(
          "parameters." + name,
          "unavailable",
          name + " cannot be kept: the portal has no master key, see " + MeterSecrets.MASTER_KEY);
    }
  }

  /** Stores what was withheld; the ids for the steps, null where nothing was. */
  List<Integer> store(Withheld withheld) {
    var ids = new ArrayList<Integer>();
    for (var each : withheld.secrets()) {
      ids.add(
          each.isEmpty()
              ? null
              : database
                  .query(
                      "insert into operation_secret (secret) values (?) returning id",
                      row -> row.getInt(1),
                      secrets.encrypt(each.toString()))
                  .get(0));
    }
    return ids;
  }

  /**
   * The parameters of an operation with its secrets in their places.
   *
   * @throws UnreadableSecret when they are gone, or were stored under a key that is not here
   */
  JsonObject parameters(QueuedOperation operation) {
    if (!operation.parameters().containsValue(MASK)) {
      return operation.parameters();
    }
    var stored =
        database.first(
            """
            select s.secret from operation o join operation_secret s on s.id = o.secret_id
             where o.id = ?""",
            row -> row.getBytes(1),
            operation.id());
    if (stored.isEmpty()) {
      throw new UnreadableSecret("The secret of operation " + operation.id() + " is gone", null);
    }
    var all = Json.createObjectBuilder(operation.parameters());
    var hidden = OperationQueue.json(secrets.decrypt(stored.get()));
    for (var each : hidden.entrySet()) {
      all.add(each.getKey(), (JsonValue) each.getValue());
    }
    return all.build();
  }

  /** Forgets what no operation needs any more. */
  int forget() {
    return database.update(
        """
        delete from operation_secret s where not exists (
          select from operation o
           where o.secret_id = s.id and o.state in
             ('AWAITING_APPROVAL', 'QUEUED', 'CLAIMED', 'RUNNING', 'WAITING'))""");
  }
}
