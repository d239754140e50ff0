package org.meterledger.simulators.g13;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who may ask what (N17 to N23, ch. 4.5.3). */
final class Users {
  /** What a user may do with a device. */
  enum Access {
    NO_ACCESS("No Access"),
    VIEW_ONLY("View Only"),
    CONFIGURE("Configure");

    final String text;

    Access(String text) {
      this.text = text;
    }

    static Optional<Access> of(String text) {
      for (Access access : values()) {
        if (access.text.equals(text)) {
          return Optional.of(access);
        }
      }
      return Optional.empty();
    }
  }

  /** One account. */
  static final class User {
    final String name;
    private final Map<String, Access> bindings = new LinkedHashMap<>();
    private String key;

    private User(String name, String key) {
      this.name = name;
      this.key = key;
    }

    boolean hasKey(String presented) {
      return key.equals(presented);
    }

    void setKey(String changed) {
      key = changed;
    }

    Access access(String serial) {
      return bindings.getOrDefault(serial, Access.NO_ACCESS);
    }

    void bind(String serial, Access access) {
      if (access == Access.NO_ACCESS) {
        bindings.remove(serial);
      } else {
        bindings.put(serial, access);
      }
    }

    Map<String, Access> bindings() {
      return bindings;
    }
  }

  private static final String NAME = "[a-z0-9]{1,21}";

  private final Map<String, User> users = new LinkedHashMap<>();

  /** Lowercase letters and digits only (p. 34). */
  static boolean isName(String text) {
    return text.matches(NAME);
  }

  Optional<User> of(String name) {
    return Optional.ofNullable(users.get(name));
  }

  User add(String name, String key) {
    User user = new User(name, key);
    users.put(name, user);
    return user;
  }

  void remove(String name) {
    users.remove(name);
  }

  Iterable<User> all() {
    return users.values();
  }

  /** How many may change the gateway. */
  long admins(String gateway) {
    return users.values().stream().filter(user -> user.access(gateway) == Access.CONFIGURE).count();
  }
}
