package org.meterledger.web.operation;

import java.time.Instant;
import org.meterledger.operation.Approval;

/** What a second person said to a request; empty while nobody has. */
public record ApprovalView(Boolean approved, String decidedBy, Instant decidedAt, String reason) {

  /** Null where none is needed. */
  static ApprovalView of(Approval approval) {
    return approval == null
        ? null
        : new ApprovalView(
            approval.approved(), approval.decidedBy(), approval.decidedAt(), approval.reason());
  }
}
