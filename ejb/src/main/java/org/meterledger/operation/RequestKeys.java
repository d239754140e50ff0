package org.meterledger.operation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.function.Supplier;
import org.meterledger.server.Database;

/** What was done under a key of its sender: the same request is answered, and not done again. */
@ApplicationScoped
class RequestKeys {

  private final Database database;

  /** For the client proxy only. */
  protected RequestKeys() {
    this(null);
  }

  @Inject
  RequestKeys(Database database) {
    this.database = database;
  }

  /**
   * Does the work, unless the sender has had the same done under this key.
   *
   * @param key null where the sender gives none
   * @param digest of all that makes two requests the same
   * @return the answer of the work, or of the first time
   * @throws InvalidOperation when the key was used for another request
   */
  JsonObject once(
      String requestedBy, String key, byte[] digest, Instant now, Supplier<JsonObject> work) {
    if (key == null) {
      return work.get();
    }
    if (key.isBlank() || key.length() > OperationRequest.LONGEST_TEXT) {
      throw new InvalidOperation(
          "Idempotency-Key", "size", "Idempotency-Key has 1 to 100 characters");
    }
    int first =
        database.update(
            """
            insert into operation_request (requested_by, key, digest, answer, requested_at)
            values (?, ?, ?, '{}', ?) on conflict do nothing""",
            requestedBy,
            key,
            digest,
            now);
    if (first == 0) {
      return before(requestedBy, key, digest);
    }
    var answer = work.get();
    database.update(
        "update operation_request set answer = ?::json where requested_by = ? and key = ?",
        answer.toString(),
        requestedBy,
        key);
    return answer;
  }

  private JsonObject before(String requestedBy, String key, byte[] digest) {
    record Before(byte[] digest, String answer) {}
    var before =
        database
            .first(
                "select digest, answer from operation_request where requested_by = ? and key = ?",
                row -> new Before(row.getBytes(1), row.getString(2)),
                requestedBy,
                key)
            .orElseThrow();
    if (!MessageDigest.isEqual(before.digest(), digest)) {
      throw new InvalidOperation(
          "Idempotency-Key", "unique", "This key was used for another request");
    }
    return OperationQueue.json(before.answer());
  }

  /**
   * @param field how the target is named
   */
  static byte[] digest(String field, String target, OperationRequest request) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest((field + "\n" + target + "\n" + request).getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
