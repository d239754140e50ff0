package org.meterledger.web.account;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.model.SelectItem;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterledger.access.Permission;
import org.meterledger.user.ApiToken;
import org.meterledger.user.ApiTokens;
import org.meterledger.user.TokenScope;
import org.meterledger.web.group.GroupNames;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;

/** Backs tokens.xhtml: one's own tokens, or those of all accounts. */
@Named
@RequestScoped
public class TokensPage {

  private static final int USUAL_DAYS = 365;

  @Inject private Caller caller;
  @Inject private ApiTokens tokens;
  @Inject private GroupNames groupNames;
  @Inject private Refusals refusals;
  @Inject private Texts texts;
  @Inject private Clock clock;

  private boolean all;
  private String label;
  private int days = USUAL_DAYS;
  private Permission[] permissions = {};
  private Integer[] groupIds = {};
  private String issued;

  public void issue() {
    refusals.done(
        () -> {
          var ends = clock.instant().plus(Duration.ofDays(days));
          issued = tokens.issue(caller.getAccount(), label, ends, scope()).token();
          label = null;
        });
  }

  /** Nothing chosen is no limit. */
  private TokenScope scope() {
    var chosen = EnumSet.noneOf(Permission.class);
    chosen.addAll(Arrays.asList(permissions));
    return new TokenScope(
        chosen.isEmpty() ? null : chosen, groupIds.length == 0 ? null : Set.of(groupIds));
  }

  public void revoke(int id) {
    tokens.revoke(id, caller.getAccount(), isAll());
  }

  public List<ApiToken> getTokens() {
    return isAll() ? tokens.all() : tokens.of(caller.getAccount());
  }

  /** Whether a token opens nothing any more. */
  public boolean ended(ApiToken token) {
    return token.revokedAt() != null || token.expiresAt().isBefore(clock.instant());
  }

  /** What a token opens of what its account may, in words. */
  public List<String> words(TokenScope scope) {
    if (scope.all()) {
      return List.of(texts.get("tokens.everything"));
    }
    var what =
        scope.permissions() == null
            ? texts.get("tokens.allPermissions")
            : scope.permissions().stream()
                .map(permission -> texts.of("permission", permission))
                .collect(Collectors.joining(", "));
    var where =
        scope.groups() == null
            ? texts.get("tokens.allGroups")
            : scope.groups().stream()
                .map(id -> groupNames.getSeen().getOrDefault(id, String.valueOf(id)))
                .sorted()
                .collect(Collectors.joining(", "));
    return List.of(what, where);
  }

  /** What the caller may, which a token can be limited to. */
  public List<SelectItem> getOffered() {
    return caller.getPermissions().stream()
        .map(permission -> new SelectItem(permission, texts.of("permission", permission)))
        .toList();
  }

  /** Of all accounts, for who manages them. */
  public boolean isAll() {
    return all && caller.may(Permission.MANAGE_ACCOUNTS);
  }

  public void setAll(boolean all) {
    this.all = all;
  }

  /** The token just made; this answer is the only one that shows it. */
  public String getIssued() {
    return issued;
  }

  public String getLabel() {
    return label;
  }

  public void setLabel(String label) {
    this.label = label;
  }

  public int getDays() {
    return days;
  }

  public void setDays(int days) {
    this.days = days;
  }

  public Permission[] getPermissions() {
    return permissions;
  }

  public void setPermissions(Permission[] permissions) {
    this.permissions = permissions;
  }

  public Integer[] getGroupIds() {
    return groupIds;
  }

  public void setGroupIds(Integer[] groupIds) {
    this.groupIds = groupIds;
  }
}
