package org.meterledger.web.operation;

import jakarta.validation.constraints.NotNull;
import org.meterledger.operation.Approvals;
import org.meterledger.web.api.Refused;

/**
 * What a second person says to a request.
 *
 * @param reason why it is rejected, at most 500 characters; goes with nothing else
 */
public record Decision(@NotNull Boolean approve, String reason) {

  void on(long request, Approvals approvals) {
    if (!approve) {
      approvals.reject(request, reason);
    } else if (reason == null) {
      approvals.approve(request);
    } else {
      throw Refused.field("reason", "ambiguous", "goes with a rejection only");
    }
  }
}
