package org.meterledger.web.operation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Set;
import java.util.stream.Collectors;
import org.meterledger.operation.AwaitedApprovals;
import org.meterledger.operation.OperationRule;
import org.meterledger.operation.OperationRules;

/** What other pages than their own say of approvals. */
@Named
@RequestScoped
public class ApprovalHints {

  @Inject private AwaitedApprovals awaited;
  @Inject private OperationRules rules;

  private Long count;
  private Set<String> marked;

  /** How many requests wait for the caller. */
  public long getCount() {
    if (count == null) {
      count = awaited.decidable();
    }
    return count;
  }

  /** Whether operations of a kind wait for a second person. */
  public boolean needed(String kind) {
    if (marked == null) {
      marked =
          rules.all().stream()
              .filter(OperationRule::approval)
              .map(OperationRule::kind)
              .collect(Collectors.toSet());
    }
    return marked.contains(kind);
  }
}
