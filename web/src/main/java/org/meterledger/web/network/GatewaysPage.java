package org.meterledger.web.network;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.List;
import org.meterledger.network.Gateway;
import org.meterledger.network.GatewayDetails;
import org.meterledger.network.Network;
import org.meterledger.network.Networks;
import org.meterledger.server.NotThere;
import org.meterledger.web.layout.Refusals;
import org.omnifaces.util.Faces;

/** Backs the gateways of networks.xhtml. */
@Named
@ViewScoped
public class GatewaysPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Networks networks;
  @Inject private Refusals refusals;

  private Integer id;
  private int version;
  private GatewayDetails details = new GatewayDetails();

  public void load() {
    if (id == null) {
      return;
    }
    try {
      var shown = networks.gateway(id);
      version = shown.version();
      details = shown.details();
    } catch (NotThere gone) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
    }
  }

  public void save() {
    finish(
        () -> {
          if (id == null) {
            networks.addGateway(details);
          } else {
            networks.changeGateway(id, version, details);
          }
        });
  }

  public void remove() {
    finish(() -> networks.removeGateway(id));
  }

  private void finish(Runnable work) {
    if (refusals.done(work)) {
      Faces.redirect(Faces.getRequestContextPath() + "/networks.xhtml");
    }
  }

  public List<Gateway> getAll() {
    return networks.gateways();
  }

  public List<String> getNetworks() {
    return networks.all().stream().map(Network::name).toList();
  }

  public GatewayDetails getDetails() {
    return details;
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }
}
