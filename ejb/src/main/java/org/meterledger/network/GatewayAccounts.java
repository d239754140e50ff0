package org.meterledger.network;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;
import static org.meterledger.network.GatewayConversations.value;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.meterledger.access.Access;
import org.meterledger.access.AccessDenied;
import org.meterledger.access.Grants;
import org.meterledger.access.Permission;
import org.meterledger.audit.Audit;
import org.meterledger.audit.AuditAction;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.GatewaySession.KnownMeter;
import org.meterledger.driver.GatewayUsers;
import org.meterledger.driver.GatewayUsers.Level;
import org.meterledger.meter.Meters;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;

/**
 * The accounts that a gateway itself keeps, what each may do with which meter, and how that
 * compares with the portal's own grants. The account that the portal uses stays as it is.
 */
@Stateless
@RolesAllowed(Permission.Names.MANAGE_NETWORKS)
@TransactionAttribute(NOT_SUPPORTED) // a gateway may take seconds to answer; a transaction may not
public class GatewayAccounts {

  private final Networks networks;
  private final GatewayConversations conversations;
  private final Meters meters;
  private final Grants grants;
  private final Access access;
  private final Audit audit;

  /** For the container only. */
  public GatewayAccounts() {
    this(null, null, null, null, null, null);
  }

  @Inject
  GatewayAccounts(
      Networks networks,
      GatewayConversations conversations,
      Meters meters,
      Grants grants,
      Access access,
      Audit audit) {
    this.networks = networks;
    this.conversations = conversations;
    this.meters = meters;
    this.grants = grants;
    this.access = access;
    this.audit = audit;
  }

  /**
   * An account of a gateway.
   *
   * @param portals whether it is the one that the portal uses
   * @param admin what it may do with the gateway itself
   * @param meters what it may do by serial number, for each meter of the gateway
   */
  public record GatewayAccount(
      String name, boolean portals, Level admin, Map<String, Level> meters) {}

  /** What names and passwords may look like there. */
  public GatewayUsers.Rules rules(int gatewayId) {
    return users(conversations.open(gatewayId)).rules();
  }

  /**
   * By name, as the gateway tells now.
   *
   * @throws NotThere when the portal does not speak with it
   * @throws GatewayRefused when it does not answer
   */
  public List<GatewayAccount> list(int gatewayId) {
    networks.gateway(gatewayId);
    return list(conversations.open(gatewayId), own(gatewayId));
  }

  private static List<GatewayAccount> list(GatewaySession session, String own) {
    String gateway = value(session.serialNumber());
    var known = value(session.meters()).stream().map(KnownMeter::serialNumber).toList();
    var accounts = new ArrayList<GatewayAccount>();
    new TreeMap<>(value(users(session).accounts()))
        .forEach(
            (name, levels) ->
                accounts.add(
                    new GatewayAccount(
                        name,
                        name.equals(own),
                        levels.getOrDefault(gateway, Level.NO_ACCESS),
                        levels(known, levels))));
    return accounts;
  }

  private static TreeMap<String, Level> levels(List<String> known, Map<String, Level> told) {
    return known.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                serial -> told.getOrDefault(serial, Level.NO_ACCESS),
                (a, b) -> a,
                TreeMap::new));
  }

  /** Name of the account that the portal uses. */
  private String own(int gatewayId) {
    return conversations
        .access(gatewayId)
        .orElseThrow(() -> new NotThere("access to gateway " + gatewayId))
        .userName();
  }

  /**
   * The new account may see all meters, as the gateway has it.
   *
   * @throws InvalidInput when name or password breaks a rule of the gateway, or the name is taken
   */
  public void add(int gatewayId, String name, String password) {
    var session = conversations.open(gatewayId);
    checkName(session, name);
    checkPassword(session, password);
    if (value(users(session).accounts()).containsKey(name)) {
      throw new InvalidInput("name", "unique", "The gateway has an account " + name, name);
    }
    changed(
        AuditAction.GATEWAY_USER_ADD,
        gatewayId,
        name,
        null,
        session,
        users(session).add(name, password),
        now -> now.containsKey(name));
  }

  /**
   * @throws InvalidInput when the password breaks a rule, or it is the account that the portal uses
   */
  public void changePassword(int gatewayId, String name, String password) {
    var session = conversations.open(gatewayId);
    checkPassword(session, password);
    var before = somebodyElse(gatewayId, session, name);
    changed(
        AuditAction.GATEWAY_USER_PASSWORD,
        gatewayId,
        name,
        before,
        session,
        users(session).changePassword(name, password),
        now -> now.containsKey(name));
  }

  /**
   * @throws InvalidInput when it is the account that the portal uses
   */
  public void remove(int gatewayId, String name) {
    var session = conversations.open(gatewayId);
    var before = somebodyElse(gatewayId, session, name);
    changed(
        AuditAction.GATEWAY_USER_REMOVE,
        gatewayId,
        name,
        before,
        session,
        users(session).remove(name),
        now -> !now.containsKey(name));
  }

  /**
   * @param serialNumber of a meter, or of the gateway, for the right to administer it
   * @throws InvalidInput when it is the account that the portal uses, or no such meter is there
   */
  public void bind(int gatewayId, String name, String serialNumber, Level level) {
    var session = conversations.open(gatewayId);
    var before = somebodyElse(gatewayId, session, name);
    boolean known =
        value(session.serialNumber()).equals(serialNumber)
            || value(session.meters()).stream()
                .anyMatch(each -> each.serialNumber().equals(serialNumber));
    if (!known) {
      throw new InvalidInput(
          "serialNumber", "unknown", "The gateway knows no meter " + serialNumber, serialNumber);
    }
    changed(
        AuditAction.GATEWAY_USER_ACCESS,
        gatewayId,
        name,
        before,
        session,
        users(session).bind(name, serialNumber, level),
        now ->
            now.getOrDefault(name, Map.of()).getOrDefault(serialNumber, Level.NO_ACCESS) == level);
  }

  private static void checkName(GatewaySession session, String name) {
    if (name == null || !name.matches(users(session).rules().name())) {
      throw new InvalidInput("name", "pattern", "A name has small letters a to z and digits only");
    }
  }

  private static void checkPassword(GatewaySession session, String password) {
    int most = users(session).rules().password();
    if (password == null || password.isBlank() || password.length() > most) {
      throw new InvalidInput(
          "password", "length", "A password has 1 to " + most + " characters", "" + most);
    }
  }

  /** What the account may do. */
  private Map<String, Level> somebodyElse(int gatewayId, GatewaySession session, String name) {
    if (own(gatewayId).equals(name)) {
      throw new InvalidInput(
          "name", "own", "The portal uses account " + name + ": it would lock itself out", name);
    }
    var levels = value(users(session).accounts()).get(name);
    if (levels == null) {
      throw new NotThere("account " + name);
    }
    return levels;
  }

  @FunctionalInterface
  private interface Wanted {
    boolean in(Map<String, Map<String, Level>> accounts);
  }

  private void changed(
      AuditAction action,
      int gatewayId,
      String name,
      Map<String, Level> before,
      GatewaySession session,
      CommandResult result,
      Wanted wanted) {
    String subject = networks.gateway(gatewayId).name() + " / " + name;
    try {
      GatewayConversations.sent(result);
      var now = value(users(session).accounts());
      GatewayConversations.readBack(wanted.in(now), "accounts " + now.keySet());
      audit.done(action, subject, before, now.get(name));
    } catch (GatewayRefused refused) {
      audit.failed(action, subject);
      throw refused;
    }
  }

  private static GatewayUsers users(GatewaySession session) {
    return GatewayConversations.able(session.users(), "accounts");
  }

  /**
   * Who may do what at the gateway and in the portal, by meter and name.
   *
   * @throws AccessDenied when the caller does not also manage networks
   */
  @RolesAllowed(Permission.Names.MANAGE_ACCOUNTS)
  public List<GatewayGrant> report(int gatewayId) {
    if (!access.scope(Permission.MANAGE_NETWORKS).everything()) {
      throw new AccessDenied(Permission.MANAGE_NETWORKS, "gateways");
    }
    var accounts = list(gatewayId);
    var all = new ArrayList<GatewayGrant>();
    for (var meter : value(conversations.open(gatewayId).meters())) {
      String serial = meter.serialNumber();
      var there = new TreeMap<String, Level>();
      accounts.forEach(each -> there.put(each.name(), each.meters().get(serial)));
      var here = new TreeMap<String, Level>();
      meters
          .find(serial)
          .map(found -> grants.whoSees(found.getId()))
          .orElse(List.of())
          .forEach(seer -> here.put(seer.name(), seer.changes() ? Level.CONFIGURE : Level.VIEW));
      all.addAll(GatewayGrant.compared(serial, there, here));
    }
    all.sort(Comparator.comparing(GatewayGrant::serialNumber));
    return all;
  }
}
