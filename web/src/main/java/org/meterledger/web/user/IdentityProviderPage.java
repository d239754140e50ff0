package org.meterledger.web.user;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Grant;
import org.meterledger.access.PortalRole;
import org.meterledger.user.ClaimGrants;
import org.meterledger.web.layout.Refusals;
import org.omnifaces.util.Faces;

/** Backs identity-provider.xhtml: what the claims of who comes that way give. */
@Named
@RequestScoped
public class IdentityProviderPage {

  @Inject private ClaimGrants claims;
  @Inject private Refusals refusals;

  private String claim;
  private Integer role = PortalRole.VIEWER;
  private int group = 1;
  private AccessLevel access = AccessLevel.VIEW;

  public void add() {
    refusals.done(
        () -> {
          claims.add(claim, new Grant(access == AccessLevel.NONE ? null : role, group, access));
          show();
        });
  }

  public void remove(int id) {
    refusals.done(
        () -> {
          claims.remove(id);
          show();
        });
  }

  private static void show() {
    Faces.redirect(Faces.getRequestContextPath() + "/identity-provider.xhtml");
  }

  public List<ClaimGrants.ClaimGrant> getAll() {
    return claims.all();
  }

  public String getClaim() {
    return claim;
  }

  public void setClaim(String claim) {
    this.claim = claim;
  }

  public Integer getRole() {
    return role;
  }

  public void setRole(Integer role) {
    this.role = role;
  }

  public int getGroup() {
    return group;
  }

  public void setGroup(int group) {
    this.group = group;
  }

  public AccessLevel getAccess() {
    return access;
  }

  public void setAccess(AccessLevel access) {
    this.access = access;
  }
}
