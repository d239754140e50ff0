package org.meterledger.web.user;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.meterledger.access.Permission;
import org.meterledger.access.PortalRole;
import org.meterledger.server.NotThere;
import org.meterledger.user.Roles;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Faces;

/** Backs roles.xhtml: all roles, and the one that is looked at or made. */
@Named
@ViewScoped
public class RolesPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Roles roles;
  @Inject private Refusals refusals;
  @Inject private Texts texts;

  private Integer id;
  private PortalRole role;
  private String name;
  private boolean secondFactor;
  private Permission[] permissions = {Permission.VIEW_METERS};

  /** Answers 404 where there is no such role. */
  public void load() {
    if (id == null) {
      return;
    }
    try {
      role = roles.get(id);
      name = role.name();
      secondFactor = role.secondFactor();
      permissions = role.permissions().toArray(Permission[]::new);
    } catch (NotThere gone) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
    }
  }

  public void save() {
    refusals.done(
        () ->
            show(
                role == null
                    ? roles.add(name, secondFactor, chosen())
                    : roles.change(id, role.version(), name, secondFactor, chosen())));
  }

  private Set<Permission> chosen() {
    var chosen = EnumSet.noneOf(Permission.class);
    chosen.addAll(Arrays.asList(permissions));
    return chosen;
  }

  public void remove() {
    refusals.done(
        () -> {
          roles.remove(id);
          Faces.redirect(Faces.getRequestContextPath() + "/roles.xhtml");
        });
  }

  private static void show(PortalRole shown) {
    Faces.redirect(Faces.getRequestContextPath() + "/roles.xhtml?role=%s", shown.id());
  }

  public List<PortalRole> getAll() {
    return roles.all();
  }

  public List<SelectItem> getEvery() {
    return Arrays.stream(Permission.values())
        .map(permission -> new SelectItem(permission, texts.of("permission", permission)))
        .toList();
  }

  public PortalRole getRole() {
    return role;
  }

  public boolean isBuiltIn() {
    return role != null && role.builtIn();
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }

  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name;
  }

  public boolean isSecondFactor() {
    return secondFactor;
  }

  public void setSecondFactor(boolean secondFactor) {
    this.secondFactor = secondFactor;
  }

  public Permission[] getPermissions() {
    return permissions;
  }

  public void setPermissions(Permission[] permissions) {
    this.permissions = permissions;
  }
}
