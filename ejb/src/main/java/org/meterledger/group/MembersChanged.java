package org.meterledger.group;

import java.util.Set;

/**
 * Fired in the transaction that changes who is in a group, or that saves a meter.
 *
 * @param groupIds whose members changed; of a meter that was saved all groups in which it is or
 *     just was, since its state may have changed
 * @param meterId the one meter it is about, null when it may be many
 */
public record MembersChanged(Set<Integer> groupIds, Integer meterId) {
  public MembersChanged {
    groupIds = Set.copyOf(groupIds);
  }
}
