package org.meterledger.network;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;

/** What a person says of a network. */
public class NetworkDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  @NotNull
  @Size(min = 1, max = 80)
  private String name;

  @Min(1)
  @Max(100_000)
  private int mostSessions = 1000;

  @Min(1)
  @Max(10_000)
  private int mostConnects = 500;

  /** 1..80 characters, unique among networks. */
  public String getName() {
    return name;
  }

  public void setName(String name) {
    this.name = name == null ? null : name.strip();
  }

  /** Open at once, over all nodes; 1..100000. */
  public int getMostSessions() {
    return mostSessions;
  }

  public void setMostSessions(int mostSessions) {
    this.mostSessions = mostSessions;
  }

  /** New sessions per second, over all nodes; 1..10000. */
  public int getMostConnects() {
    return mostConnects;
  }

  public void setMostConnects(int mostConnects) {
    this.mostConnects = mostConnects;
  }
}
