package org.meterledger.web.network;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.network.Gateway;
import org.meterledger.network.GatewayAccess;
import org.meterledger.network.GatewayAccessDetails;
import org.meterledger.network.GatewayAccesses;
import org.meterledger.network.GatewayMeters;
import org.meterledger.network.GatewayRefused;
import org.meterledger.network.Networks;
import org.meterledger.server.InvalidInput;
import org.meterledger.server.NotThere;
import org.meterledger.web.layout.Refusals;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs gateway.xhtml: how the portal speaks with a gateway, and the meters that it knows. */
@Named
@ViewScoped
public class GatewayPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int PAIR = 2;

  @Inject private Networks networks;
  @Inject private GatewayAccesses accesses;
  @Inject private GatewayMeters meters;
  @Inject private Refusals refusals;
  @Inject private Texts texts;

  private Integer id;
  private transient Gateway gateway;
  private transient GatewayAccess access;
  private transient ServerCertificate shown;
  private transient List<GatewayMeters.Found> found;
  private GatewayAccessDetails details;
  private String[] chosen = {};

  /** Answers 404 where there is no such gateway. */
  public void load() {
    try {
      access = accesses.find(id == null ? 0 : id).orElse(null);
    } catch (NotThere gone) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
      return;
    }
    if (access == null) {
      details = new GatewayAccessDetails();
      details.setTimeZone(ZoneId.systemDefault().getId());
    } else {
      details = access.details();
    }
  }

  /** Looks at the certificate; no password goes there before somebody has compared it. */
  public void look() {
    asked(
        () -> {
          shown = accesses.shown(details.getAddress());
          details.setCertificate(shown.sha256());
          details.setOldTls(shown.oldTls());
        });
  }

  public void save() {
    asked(
        () -> {
          String serialNumber = accesses.store(id, details);
          Messages.addFlashGlobalInfo(texts.get("gateway.answered", serialNumber));
          again();
        });
  }

  /** What the gateway knows now. */
  public void ask() {
    asked(() -> found = meters.list(id));
  }

  public void take() {
    asked(
        () -> {
          if (chosen.length == 0) {
            Messages.addGlobalError(texts.get("gateway.chooseMeters"));
            return;
          }
          int taken = meters.take(id, List.of(chosen)).size();
          Messages.addFlashGlobalInfo(texts.get("gateway.taken", taken));
          again();
        });
  }

  private void again() {
    Faces.redirect(Faces.getRequestContextPath() + "/gateway.xhtml?id=%s", String.valueOf(id));
  }

  private void asked(Runnable work) {
    refusals.done(
        () -> {
          try {
            work.run();
          } catch (GatewayRefused refused) {
            Messages.addGlobalError(
                "{0}: {1}", texts.of("fault", refused.fault().kind()), refused.fault().detail());
          } catch (InvalidInput broken) {
            Messages.addGlobalError(
                texts.of("invalid", "gateway." + broken.field() + "." + broken.rule()));
          }
        });
  }

  public Gateway getGateway() {
    if (gateway == null) {
      gateway = networks.gateway(id);
    }
    return gateway;
  }

  /** Whether the portal speaks with it. */
  public boolean isSpoken() {
    return access != null;
  }

  /** What was just seen at the address; null before. */
  public ServerCertificate getShown() {
    return shown;
  }

  /** The fingerprint as gateways and browsers write it. */
  public String getFingerprint() {
    String digits = details.getCertificate();
    return digits == null
        ? ""
        : String.join(":", digits.split("(?<=\\G.{" + PAIR + "})")).toUpperCase(Locale.ROOT);
  }

  /** Of the meters that the gateway knows; null before it was asked. */
  public List<GatewayMeters.Found> getFound() {
    return found;
  }

  /** Those that can be taken over. */
  public List<SelectItem> getFree() {
    return found == null
        ? List.of()
        : found.stream()
            .filter(each -> !each.inPortal())
            .map(each -> each.meter())
            .map(
                meter ->
                    new SelectItem(
                        meter.serialNumber(),
                        String.join(
                            " · ",
                            List.of(meter.serialNumber(), meter.alias(), meter.location()).stream()
                                .filter(part -> !part.isEmpty())
                                .toList())))
            .toList();
  }

  public List<SelectItem> getModels() {
    return accesses.models().stream()
        .map(model -> new SelectItem(model.id(), model.manufacturer() + " " + model.name()))
        .toList();
  }

  public TreeSet<String> getZones() {
    return new TreeSet<>(ZoneId.getAvailableZoneIds());
  }

  public GatewayAccessDetails getDetails() {
    return details;
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }

  public String[] getChosen() {
    return chosen.clone();
  }

  public void setChosen(String[] chosen) {
    this.chosen = chosen.clone();
  }
}
