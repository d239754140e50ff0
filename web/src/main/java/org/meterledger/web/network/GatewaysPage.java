package org.meterledger.web.network;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.meterledger.network.Gateway;
import org.meterledger.network.GatewayDetails;
import org.meterledger.network.Network;
import org.meterledger.network.Networks;
import org.meterledger.web.layout.DetailsForm;

/** Backs the gateways of networks.xhtml. */
@Named
@ViewScoped
public class GatewaysPage extends DetailsForm<GatewayDetails> {

  private static final long serialVersionUID = 1L;

  @Inject private Networks networks;

  public GatewaysPage() {
    super("/networks.xhtml", new GatewayDetails());
  }

  @Override
  protected void find(int id) {
    var found = networks.gateway(id);
    show(found.version(), found.details());
  }

  @Override
  protected int add(GatewayDetails details) {
    return networks.addGateway(details).id();
  }

  @Override
  protected void change(int id, int version, GatewayDetails details) {
    networks.changeGateway(id, version, details);
  }

  @Override
  protected void drop(int id) {
    networks.removeGateway(id);
  }

  public List<Gateway> getAll() {
    return networks.gateways();
  }

  public List<String> getNetworks() {
    return networks.all().stream().map(Network::name).toList();
  }
}
