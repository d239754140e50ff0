package org.meterledger.web.user;

import jakarta.validation.constraints.NotNull;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.Grant;

/**
 * A grant as the API shows and takes it.
 *
 * @param role id; absent where access is NONE
 * @param group id of a group of meters
 */
public record GrantView(Integer role, @NotNull Integer group, @NotNull AccessLevel access) {

  static List<GrantView> of(Collection<Grant> grants) {
    return grants.stream()
        .map(grant -> new GrantView(grant.roleId(), grant.groupId(), grant.access()))
        .sorted(
            Comparator.comparing(GrantView::group)
                .thenComparing(GrantView::role, Comparator.nullsFirst(Comparator.naturalOrder())))
        .toList();
  }

  static List<Grant> grants(Collection<GrantView> views) {
    return views.stream().map(view -> new Grant(view.role(), view.group(), view.access())).toList();
  }
}
