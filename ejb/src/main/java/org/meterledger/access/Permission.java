package org.meterledger.access;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** Something that a role may let its holders do. */
public enum Permission {
  /** See meters and what is archived of them. */
  VIEW_METERS(Reach.SEES),
  /** Take what is archived away as a file. */
  EXPORT(Reach.SEES),
  /** Ask meters for something once. */
  OPERATE(Reach.CHANGES),
  /** Add, change and remove meters. */
  MANAGE_METERS(Reach.CHANGES),
  /** Say what is read when. */
  MANAGE_PLANS(Reach.CHANGES),
  /** Judge, estimate and edit values. */
  VALIDATE(Reach.CHANGES),
  /** Make tariff calendars and send them to meters. */
  MANAGE_TARIFFS(Reach.CHANGES),
  /** Keep firmware images and send them to meters. */
  MANAGE_FIRMWARE(Reach.CHANGES),
  /** Agree to what somebody else has asked for. */
  APPROVE(Reach.CHANGES),
  /** Groups of meters and the location tree: whoever changes them changes who sees what. */
  MANAGE_GROUPS(Reach.PORTAL),
  /** Networks and gateways, with their limits. */
  MANAGE_NETWORKS(Reach.PORTAL),
  /** Addresses that are told of alarms and results. */
  MANAGE_WEBHOOKS(Reach.PORTAL),
  /** Accounts, roles, grants, and the tokens and sessions of others. */
  MANAGE_ACCOUNTS(Reach.PORTAL),
  /** The audit trail. */
  VIEW_AUDIT(Reach.PORTAL);

  /** What a permission is about, and so which grants give it. */
  public enum Reach {
    /** Single meters; access {@link AccessLevel#VIEW} is enough. */
    SEES,
    /** Single meters; it takes access {@link AccessLevel#CONFIGURE}. */
    CHANGES,
    /** The whole portal; only a grant over all meters gives it. */
    PORTAL
  }

  private final Reach reach;

  Permission(Reach reach) {
    this.reach = reach;
  }

  public Reach reach() {
    return reach;
  }

  /** Those with these names; what this version does not know is left out. */
  public static Set<Permission> named(String... names) {
    var wanted = Set.of(names);
    return Arrays.stream(values())
        .filter(permission -> wanted.contains(permission.name()))
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Permission.class)));
  }

  /** For annotations, which take only constants; each is a role of the container. */
  public static final class Names {
    /** Held by everybody who has come in, whatever the grants. */
    public static final String SIGNED_IN = "SIGNED_IN";

    /**
     * Held by everybody whose password was right, also by who must set up a second factor before
     * anything else; it opens just that.
     */
    public static final String PASSWORD_RIGHT = "PASSWORD_RIGHT";

    public static final String VIEW_METERS = "VIEW_METERS";
    public static final String EXPORT = "EXPORT";
    public static final String OPERATE = "OPERATE";
    public static final String MANAGE_METERS = "MANAGE_METERS";
    public static final String MANAGE_PLANS = "MANAGE_PLANS";
    public static final String APPROVE = "APPROVE";
    public static final String MANAGE_GROUPS = "MANAGE_GROUPS";
    public static final String MANAGE_NETWORKS = "MANAGE_NETWORKS";
    public static final String MANAGE_WEBHOOKS = "MANAGE_WEBHOOKS";
    public static final String MANAGE_ACCOUNTS = "MANAGE_ACCOUNTS";
    public static final String VIEW_AUDIT = "VIEW_AUDIT";

    private Names() {}
  }
}
