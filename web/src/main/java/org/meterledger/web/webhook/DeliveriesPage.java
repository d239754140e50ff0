package org.meterledger.web.webhook;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.server.InvalidInput;
import org.meterledger.web.layout.Texts;
import org.meterledger.webhook.WebhookDelivery;
import org.meterledger.webhook.Webhooks;
import org.omnifaces.util.Messages;

/**
 * Backs the log of webhooks.xhtml. The rows are kept with the view: a button must mean the delivery
 * beside which it stood, whatever has come since.
 */
@Named
@ViewScoped
public class DeliveriesPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int ROWS = 50;

  @Inject private Webhooks webhooks;
  @Inject private Texts texts;

  private Integer id;
  private String state;
  private int first;
  private long total;
  private List<WebhookDelivery> rows = List.of();

  public void load() {
    if (id != null) {
      var wanted =
          Stream.of(WebhookDelivery.State.values())
              .filter(each -> each.name().equals(state))
              .findFirst()
              .orElse(null);
      rows = List.copyOf(webhooks.deliveries(id, wanted, first, ROWS));
      total = webhooks.count(id, wanted);
    }
  }

  public void test() {
    try {
      webhooks.test(id);
      Messages.addGlobalInfo(texts.get("webhooks.tested"));
    } catch (InvalidInput disabled) {
      Messages.addGlobalError(texts.get("webhooks.disabledTest"));
    }
    load();
  }

  public void retry(long delivery) {
    webhooks.retry(id, delivery);
    load();
  }

  public List<WebhookDelivery> getRows() {
    return rows;
  }

  public WebhookDelivery.State[] getStates() {
    return WebhookDelivery.State.values();
  }

  public long getTotal() {
    return total;
  }

  /** Number of the first row of the next page; null on the last. */
  public Integer getNext() {
    return first + ROWS < total ? first + ROWS : null;
  }

  /** Number of the first row of the page before; null on the first. */
  public Integer getPrevious() {
    return first > 0 ? Math.max(0, first - ROWS) : null;
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }

  public String getState() {
    return state;
  }

  public void setState(String state) {
    this.state = state;
  }

  public int getFirst() {
    return first;
  }

  public void setFirst(int first) {
    this.first = Math.max(0, first);
  }
}
