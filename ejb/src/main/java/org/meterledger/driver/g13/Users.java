package org.meterledger.driver.g13;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** The accounts of a gateway, and what each may do with each meter (N17 to N23). */
public final class Users {

  /** The manual names no limit; a payload of 512 bytes bears this in any letters. */
  static final int LONGEST_KEY = 64;

  private final G13Connection connection;

  Users(G13Connection connection) {
    this.connection = connection;
  }

  /** What an account may do with a meter. */
  public enum Access {
    NO_ACCESS("No Access"),
    VIEW_ONLY("View Only"),
    CONFIGURE("Configure");

    private final String word;

    Access(String word) {
      this.word = word;
    }

    /** As the gateway writes it. */
    public String word() {
      return word;
    }

    static Access of(Node node) {
      for (Access access : values()) {
        if (Node.plain(access.word).equals(Node.plain(node.text()))) {
          return access;
        }
      }
      throw new BadAnswer("knows an access that is none: " + node.text());
    }
  }

  /**
   * One entry of the access list.
   *
   * @param serialNumber of a meter, or of the gateway itself
   */
  public record Binding(String serialNumber, Access access) {}

  /** N17. The names; the manual at hand does not show the answer, so any list of names is taken. */
  public ReadResult<List<String>> list() {
    return connection.get("/users", Users::names);
  }

  private static List<String> names(Node answer) {
    var list = answer.isArray() ? answer : answer.at("users");
    var names = new ArrayList<String>();
    for (Node user : list.items()) {
      names.add(
          user.isObject()
              ? user.find("name")
                  .or(() -> user.find("user"))
                  .orElseGet(() -> user.at("name"))
                  .text()
              : user.text());
    }
    return List.copyOf(names);
  }

  /**
   * N18.
   *
   * @param oldKey null for an administrator who changes the key of somebody else
   */
  public CommandResult changeKey(String user, String oldKey, String key) {
    Limit.length("A password", key, LONGEST_KEY);
    var payload = Json.createObjectBuilder().add("name", Limit.user(user));
    if (oldKey != null) {
      payload.add("oldkey", oldKey);
    }
    return connection.post("/users/" + user, payload.add("key", key).build());
  }

  /** N19. The new account may look at everything. */
  public CommandResult add(String user, String key) {
    Limit.length("A password", key, LONGEST_KEY);
    var payload = Json.createObjectBuilder().add("name", Limit.user(user)).add("key", key);
    return connection.put("/users", payload.build());
  }

  /** N20. */
  public CommandResult remove(String user) {
    var payload = Json.createObjectBuilder().add("name", Limit.user(user)).build();
    return connection.delete("/users/" + user, payload);
  }

  /** N21. */
  public ReadResult<List<Binding>> bindings(String user) {
    return connection.get(
        "/users/" + Limit.user(user) + "/bindings",
        answer ->
            answer.at("bindings").items().stream()
                .map(each -> new Binding(each.at("serial").text(), Access.of(each.at("access"))))
                .toList());
  }

  /** N22, and N23 for {@link Access#NO_ACCESS}. */
  public CommandResult bind(String user, String serialNumber, Access access) {
    var payload =
        Json.createObjectBuilder()
            .add("name", Limit.user(user))
            .add("serial", Limit.serial(serialNumber))
            .add("access", access.word())
            .build();
    var path = "/users/" + user + "/bindings";
    return access == Access.NO_ACCESS
        ? connection.delete(path, payload)
        : connection.put(path, payload);
  }
}
