package org.meterledger.web.network;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.network.GatewayAccess;
import org.meterledger.network.GatewayAccessDetails;
import org.meterledger.network.GatewayAccesses;
import org.meterledger.web.layout.Texts;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs gateway.xhtml: how the portal speaks with a gateway. */
@Named
@ViewScoped
public class GatewayPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int PAIR = 2;

  @Inject private CurrentGateway current;
  @Inject private GatewayAccesses accesses;
  @Inject private GatewayAnswers answers;
  @Inject private Texts texts;

  private transient GatewayAccess access;
  private transient ServerCertificate shown;
  private GatewayAccessDetails details;

  public void load() {
    if (current.getName() == null) {
      return;
    }
    access = accesses.find(current.getId()).orElse(null);
    if (access == null) {
      details = new GatewayAccessDetails();
      details.setTimeZone(ZoneId.systemDefault().getId());
    } else {
      details = access.details();
    }
  }

  /** Looks at the certificate; no password goes there before somebody has compared it. */
  public void look() {
    answers.done(
        () -> {
          shown = accesses.shown(details.getAddress());
          details.setCertificate(shown.sha256());
          details.setOldTls(shown.oldTls());
        });
  }

  public void save() {
    answers.done(
        () -> {
          String serialNumber = accesses.store(current.getId(), details);
          Messages.addFlashGlobalInfo(texts.get("gateway.answered", serialNumber));
          again();
        });
  }

  private void again() {
    Faces.redirect(
        Faces.getRequestContextPath() + "/gateway.xhtml?id=%s", String.valueOf(current.getId()));
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
}
