package org.meterledger.network;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;

/** What a person says of a gateway. */
public class GatewayDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  @NotNull
  @Size(min = 1, max = 80)
  private String name;

  @NotNull private String network;

  @Min(1)
  @Max(10_000)
  private int mostSessions = 1;

  /** 1..80 characters, unique among gateways. */
  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name == null ? null : name.strip();
  }

  /** Name of the network over which it is reached. */
  public String getNetwork() {
    return network;
  }

  public void setNetwork(String network) {
    this.network = network == null ? null : network.strip();
  }

  /** With meters behind it, open at once, over all nodes; 1..10000. */
  public int getMostSessions() {
    return mostSessions;
  }

  public void setMostSessions(int mostSessions) {
    this.mostSessions = mostSessions;
  }
}
