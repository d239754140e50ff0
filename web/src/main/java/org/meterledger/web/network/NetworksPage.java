package org.meterledger.web.network;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.meterledger.network.Network;
import org.meterledger.network.NetworkDetails;
import org.meterledger.network.Networks;
import org.meterledger.web.layout.DetailsForm;

/** Backs the networks of networks.xhtml. */
@Named
@ViewScoped
public class NetworksPage extends DetailsForm<NetworkDetails> {

  private static final long serialVersionUID = 1L;

  @Inject private Networks networks;

  public NetworksPage() {
    super("/networks.xhtml", new NetworkDetails());
  }

  @Override
  protected void find(int id) {
    var found = networks.get(id);
    show(found.version(), found.details());
  }

  @Override
  protected int add(NetworkDetails details) {
    return networks.add(details).id();
  }

  @Override
  protected void change(int id, int version, NetworkDetails details) {
    networks.change(id, version, details);
  }

  @Override
  protected void drop(int id) {
    networks.remove(id);
  }

  public List<Network> getAll() {
    return networks.all();
  }
}
