package org.meterledger.driver.g13;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.GatewayUsers;
import org.meterledger.driver.ReadResult;

/** The accounts of a G13 as those of any gateway. */
final class G13Users implements GatewayUsers {

  private static final Map<Users.Access, Level> LEVELS =
      new EnumMap<>(
          Map.of(
              Users.Access.NO_ACCESS, Level.NO_ACCESS,
              Users.Access.VIEW_ONLY, Level.VIEW,
              Users.Access.CONFIGURE, Level.CONFIGURE));

  private final Users users;

  G13Users(Users users) {
    this.users = users;
  }

  @Override
  public Rules rules() {
    return new Rules(Limit.USER.pattern(), Users.LONGEST_KEY);
  }

  @Override
  public ReadResult<Map<String, Map<String, Level>>> accounts() {
    var names = users.list();
    if (!(names instanceof ReadResult.Complete<List<String>> known)) {
      return new ReadResult.Failed<>(Results.fault(names));
    }
    var accounts = new LinkedHashMap<String, Map<String, Level>>();
    for (String name : known.value()) {
      var bindings = users.bindings(name);
      if (!(bindings instanceof ReadResult.Complete<List<Users.Binding>> told)) {
        return new ReadResult.Failed<>(Results.fault(bindings));
      }
      var levels = new LinkedHashMap<String, Level>();
      told.value().forEach(each -> levels.put(each.serialNumber(), LEVELS.get(each.access())));
      levels.values().removeIf(level -> level == Level.NO_ACCESS);
      accounts.put(name, levels);
    }
    return ReadResult.complete(accounts);
  }

  @Override
  public CommandResult add(String name, String password) {
    return users.add(name, password);
  }

  @Override
  public CommandResult changePassword(String name, String password) {
    return users.changeKey(name, null, password);
  }

  @Override
  public CommandResult remove(String name) {
    return users.remove(name);
  }

  @Override
  public CommandResult bind(String name, String serialNumber, Level level) {
    return users.bind(
        name,
        serialNumber,
        switch (level) {
          case NO_ACCESS -> Users.Access.NO_ACCESS;
          case VIEW -> Users.Access.VIEW_ONLY;
          default -> Users.Access.CONFIGURE;
        });
  }
}
