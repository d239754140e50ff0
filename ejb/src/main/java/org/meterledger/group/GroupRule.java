package org.meterledger.group;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;

/**
 * Takes meters into a group, or out of it whatever the other rules say.
 *
 * @param value as the kind says; null where the kind has none
 * @param excluded whether the meters are taken out
 */
public record GroupRule(@NotNull RuleKind kind, @Size(max = 2000) String value, boolean excluded)
    implements Serializable {

  public GroupRule {
    value = value == null || value.isBlank() ? null : value.strip();
  }

  public static GroupRule of(RuleKind kind, String value) {
    return new GroupRule(kind, value, false);
  }

  public static GroupRule without(RuleKind kind, String value) {
    return new GroupRule(kind, value, true);
  }
}
