package org.meterledger.web.operation;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.meterledger.access.Access;
import org.meterledger.operation.Approvals;
import org.meterledger.operation.AwaitedApproval;
import org.meterledger.operation.AwaitedApprovals;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationRule;
import org.meterledger.operation.OperationRules;
import org.meterledger.web.layout.LazyRows;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs approvals.xhtml: what waits, the one that is looked at, and which kinds wait. */
@Named
@ViewScoped
public class ApprovalsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Approvals approvals;
  @Inject private AwaitedApprovals awaited;
  @Inject private OperationRules operationRules;
  @Inject private OperationList list;
  @Inject private OperationWords words;
  @Inject private Access access;
  @Inject private Refusals refusals;
  @Inject private Texts texts;

  private Long request;
  private AwaitedApproval chosen;
  private String reason;
  private LazyRows<AwaitedApproval> rows;
  private transient List<OperationRule> rules;

  @PostConstruct
  void begin() {
    rows =
        new LazyRows<>(
            (first, max, sort, ascending) -> awaited.rows(first, max), () -> awaited.count());
  }

  public void load() {
    chosen = request == null ? null : awaited.find(request).orElse(null);
  }

  public void approve() {
    decide("approvals.approved", () -> approvals.approve(request));
  }

  public void reject() {
    decide("approvals.rejected", () -> approvals.reject(request, reason));
  }

  private void decide(String done, Runnable work) {
    String what = words.request(chosen);
    if (refusals.done(work)) {
      Messages.addFlashGlobalInfo(texts.get(done, what));
      Faces.redirect(Faces.getRequestContextPath() + "/approvals.xhtml");
    }
  }

  /** From now on. */
  public void mark(String kind, boolean approval) {
    operationRules.set(kind, approval);
    rules = null;
  }

  public LazyRows<AwaitedApproval> getRows() {
    return rows;
  }

  /** Null where none is looked at, and where it does not wait any more. */
  public AwaitedApproval getChosen() {
    return chosen;
  }

  /** The steps of the bundle; the operation itself where it is none. */
  public List<MeterOperation> getSteps() {
    var operation = chosen.operation();
    return operation.bundleId() == null
        ? List.of(operation)
        : list.bundle(access.sight(), operation.bundleId());
  }

  public List<OperationRule> getRules() {
    if (rules == null) {
      rules = operationRules.all();
    }
    return rules;
  }

  public Long getRequest() {
    return request;
  }

  public void setRequest(Long request) {
    this.request = request;
  }

  public String getReason() {
    return reason;
  }

  public void setReason(String reason) {
    this.reason = reason;
  }
}
