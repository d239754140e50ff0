package org.meterledger.web.network;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import org.meterledger.network.GatewayAccesses;
import org.meterledger.network.GatewayScans;
import org.meterledger.network.Networks;
import org.meterledger.server.NotThere;
import org.omnifaces.util.Faces;

/** The gateway that the pages below gateway/ are about. */
@Named
@ViewScoped
public class CurrentGateway implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Networks networks;
  @Inject private GatewayAccesses accesses;
  @Inject private GatewayScans scans;

  private Integer id;
  private String name;
  private boolean spoken;
  private Integer deviceId;
  private String device;

  /** Answers 404 where there is no such gateway. */
  public void load() {
    try {
      name = networks.gateway(id == null ? 0 : id).name();
    } catch (NotThere gone) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
      return;
    }
    spoken = accesses.find(id).isPresent();
    var found = scans.scanner(id).orElse(null);
    deviceId = found == null ? null : found.getKey();
    device = found == null ? null : found.getValue();
  }

  /** Opens a page of the gateway anew, so that what is shown is asked again. */
  void again(String page) {
    Faces.redirect(
        Faces.getRequestContextPath() + "/gateway/" + page + ".xhtml?id=%s", String.valueOf(id));
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }

  public String getName() {
    return name;
  }

  /** Whether the portal speaks with it. */
  public boolean isSpoken() {
    return spoken;
  }

  /** Id of the device that it is; null where it is none yet. */
  public Integer getDeviceId() {
    return deviceId;
  }

  /** Serial number of that device. */
  public String getDevice() {
    return device;
  }
}
