package org.meterledger.web.network;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.driver.MeterRegistration;
import org.meterledger.network.GatewayRegistration;
import org.meterledger.server.InvalidInput;

/** Backs gateway/permitted.xhtml: the wireless meters that may come to a gateway. */
@Named
@ViewScoped
public class GatewayPermittedPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String PAGE = "permitted";

  @Inject private CurrentGateway current;
  @Inject private GatewayRegistration registration;
  @Inject private GatewayAnswers answers;

  private ArrayList<String> serials;
  private String more;
  private transient MeterRegistration.Limits limits;

  /** Asks the gateway. */
  public void load() {
    if (current.isSpoken()) {
      answers.done(() -> serials = new ArrayList<>(registration.permitted(current.getId())));
    }
  }

  public void permit() {
    changed(
        () -> {
          var wanted =
              Stream.of(more == null ? new String[0] : more.split("[,;\\s]+"))
                  .filter(each -> !each.isEmpty())
                  .toList();
          if (wanted.isEmpty()) {
            throw new InvalidInput("serialNumbers", "required", "No serial number is given");
          }
          registration.permit(current.getId(), wanted);
        });
  }

  public void forbid(int row) {
    changed(() -> registration.forbid(current.getId(), List.of(serials.get(row))));
  }

  private void changed(Runnable work) {
    if (answers.done(work)) {
      current.again(PAGE);
    }
  }

  /** As the gateway told; null where it did not. */
  public List<String> getSerials() {
    return serials;
  }

  /** How many there may be. */
  public int getMost() {
    if (limits == null) {
      limits = registration.limits(current.getId());
    }
    return limits.permitted();
  }

  /** Serial numbers with commas or blanks between. */
  public String getMore() {
    return more;
  }

  public void setMore(String more) {
    this.more = more;
  }
}
