package org.meterledger.web.network;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.meterledger.network.GatewayAccounts;
import org.meterledger.network.GatewayGrant;

/** Backs gateway/report.xhtml: who may do what at the gateway and in the portal. */
@Named
@ViewScoped
public class GatewayReportPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private CurrentGateway current;
  @Inject private GatewayAccounts accounts;
  @Inject private GatewayAnswers answers;

  private boolean all;
  private transient List<GatewayGrant> rows;

  /** Asks the gateway. */
  public void load() {
    if (current.isSpoken()) {
      answers.done(() -> rows = accounts.report(current.getId()));
    }
  }

  /** Null where the gateway did not answer. */
  public List<GatewayGrant> getRows() {
    return rows == null || all
        ? rows
        : rows.stream().filter(each -> each.comparison() != GatewayGrant.Comparison.SAME).toList();
  }

  /** Whether what is the same is shown too. */
  public boolean isAll() {
    return all;
  }

  public void setAll(boolean all) {
    this.all = all;
  }
}
