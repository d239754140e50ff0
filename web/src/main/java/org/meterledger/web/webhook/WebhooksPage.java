package org.meterledger.web.webhook;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.meterledger.group.MeterGroup;
import org.meterledger.group.MeterGroups;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.web.layout.Texts;
import org.meterledger.webhook.Webhook;
import org.meterledger.webhook.WebhookDetails;
import org.meterledger.webhook.WebhookEvent;
import org.meterledger.webhook.Webhooks;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs the list and the form of webhooks.xhtml. */
@Named
@ViewScoped
public class WebhooksPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Webhooks webhooks;
  @Inject private MeterGroups groups;
  @Inject private Texts texts;

  private Integer id;
  private int version;
  private WebhookDetails details = new WebhookDetails();
  private transient String issued;

  /** Answers 404 where there is no such webhook. */
  public void load() {
    if (id != null) {
      try {
        show(webhooks.get(id));
      } catch (NotThere gone) {
        Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
      }
    }
  }

  private void show(Webhook webhook) {
    id = webhook.id();
    version = webhook.version();
    details = webhooks.details(webhook);
  }

  /** A new one stays on the page, for its secret is shown only there. */
  public void save() {
    try {
      if (id == null) {
        var added = webhooks.add(details);
        issued = added.secret();
        show(added.webhook());
      } else {
        show(webhooks.change(id, version, details));
        Messages.addGlobalInfo(texts.get("webhooks.saved"));
      }
    } catch (InvalidInput broken) {
      Messages.addError(
          "edit:" + (broken.field().equals("events") ? "alarm" : broken.field()),
          texts.of("invalid", "webhook." + broken.field() + "." + broken.rule()));
      Faces.validationFailed();
    } catch (ChangedMeanwhile changed) {
      Messages.addGlobalError(texts.get("webhooks.changed"));
    }
  }

  public void remove() {
    webhooks.remove(id);
    Faces.redirect(Faces.getRequestContextPath() + "/webhooks.xhtml");
  }

  public List<Webhook> getAll() {
    return webhooks.all();
  }

  public List<SelectItem> getGroups() {
    return Stream.concat(
            Stream.of(new SelectItem("", texts.get("webhooks.allMeters"))),
            groups.choices().stream()
                .filter(group -> group.id() != MeterGroup.ALL)
                .map(group -> new SelectItem(group.id(), group.name())))
        .toList();
  }

  public boolean isAlarm() {
    return details.getEvents().contains(WebhookEvent.ALARM);
  }

  public void setAlarm(boolean wanted) {
    want(WebhookEvent.ALARM, wanted);
  }

  public boolean isOperationEnded() {
    return details.getEvents().contains(WebhookEvent.OPERATION_ENDED);
  }

  public void setOperationEnded(boolean wanted) {
    want(WebhookEvent.OPERATION_ENDED, wanted);
  }

  private void want(WebhookEvent event, boolean wanted) {
    var events = new TreeSet<>(details.getEvents());
    if (wanted) {
      events.add(event);
    } else {
      events.remove(event);
    }
    details.setEvents(events);
  }

  /** The secret of the webhook just made; this answer is the only one that shows it. */
  public String getIssued() {
    return issued;
  }

  public WebhookDetails getDetails() {
    return details;
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }
}
