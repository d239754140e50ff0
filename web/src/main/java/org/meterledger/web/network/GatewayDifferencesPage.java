package org.meterledger.web.network;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import org.meterledger.network.GatewayDifference;
import org.meterledger.network.GatewayDifferences;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Messages;

/** Backs gateway/differences.xhtml: what was changed at the gateway itself. */
@Named
@ViewScoped
public class GatewayDifferencesPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String PAGE = "differences";

  @Inject private CurrentGateway current;
  @Inject private GatewayDifferences differences;
  @Inject private GatewayAnswers answers;
  @Inject private Texts texts;

  /** Kept, so that a button finds its row again. */
  private List<String[]> keys = List.of();

  private transient List<GatewayDifference> rows;

  /** Asks the gateway. */
  public void load() {
    if (current.isSpoken()) {
      answers.done(() -> rows = differences.list(current.getId()));
    }
    keys =
        rows == null
            ? List.of()
            : rows.stream()
                .map(each -> new String[] {each.kind().name(), each.serialNumber()})
                .toList();
  }

  /** Takes one over; it is asked for again by then. */
  public void take(int row) {
    boolean taken =
        answers.done(
            () ->
                differences.take(
                    current.getId(),
                    GatewayDifference.Kind.valueOf(keys.get(row)[0]),
                    keys.get(row)[1]));
    if (taken) {
      Messages.addFlashGlobalInfo(texts.get("gatewayDifferences.taken", keys.get(row)[1]));
      current.again(PAGE);
    }
  }

  /** The places become places of the portal. */
  public void addPlaces() {
    if (answers.done(
        () -> {
          int added = differences.addPlaces(current.getId()).size();
          Messages.addFlashGlobalInfo(texts.get("gateway.placesAdded", added));
        })) {
      current.again(PAGE);
    }
  }

  /** As the gateway told; null where it did not. */
  public List<GatewayDifference> getRows() {
    return rows;
  }
}
