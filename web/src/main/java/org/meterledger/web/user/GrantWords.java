package org.meterledger.web.user;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Grant;
import org.meterledger.access.PortalRole;
import org.meterledger.user.Roles;
import org.meterledger.web.group.GroupNames;
import org.meterledger.web.layout.Texts;

/** Grants and what they are made of, in the language of the page. */
@Named
@RequestScoped
public class GrantWords {

  @Inject private Roles roles;
  @Inject private GroupNames groupNames;
  @Inject private Texts texts;

  private Map<Integer, String> names;

  /** A grant in one line. */
  public String of(Grant grant) {
    String where =
        groupNames.getSeen().getOrDefault(grant.groupId(), String.valueOf(grant.groupId()));
    return grant.access() == AccessLevel.NONE
        ? texts.get("users.hidden", where)
        : texts.get(
            "users.granted",
            names().get(grant.roleId()),
            where,
            texts.of("access", grant.access()));
  }

  /** The role's name; that of a built-in one in the language of the page. */
  public String role(PortalRole role) {
    return role.builtIn() ? texts.get("role." + role.id()) : role.name();
  }

  private Map<Integer, String> names() {
    if (names == null) {
      names = roles.all().stream().collect(Collectors.toMap(PortalRole::id, this::role));
    }
    return names;
  }

  /** Of all roles, to choose from. */
  public List<SelectItem> getRoles() {
    return names().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> new SelectItem(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** How far a grant goes, to choose from. */
  public List<SelectItem> getLevels() {
    return Arrays.stream(AccessLevel.values())
        .map(level -> new SelectItem(level, texts.of("access", level)))
        .toList();
  }
}
