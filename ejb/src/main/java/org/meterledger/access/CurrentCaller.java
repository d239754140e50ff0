package org.meterledger.access;

import jakarta.enterprise.context.RequestScoped;

/**
 * Who makes the present request. Whoever lets somebody in says it here; until then, and on threads
 * that serve no request, it is nobody, who may nothing.
 */
@RequestScoped
public class CurrentCaller {

  private Integer accountId;
  private String name;
  private String address;
  private Integer tokenId;
  private String correlationId;
  private Privileges privileges = Privileges.NONE;

  /**
   * @param tokenId of the API token it came with; null for none
   */
  public void is(int accountId, String name, Integer tokenId, Privileges privileges) {
    this.accountId = accountId;
    this.name = name;
    this.tokenId = tokenId;
    this.privileges = privileges;
  }

  /**
   * @param address of the client, as a literal
   * @param correlationId of the request
   */
  public void comes(String address, String correlationId) {
    this.address = address;
    this.correlationId = correlationId;
  }

  /** Null for nobody. */
  public Integer accountId() {
    return accountId;
  }

  /** Null for nobody. */
  public String name() {
    return name;
  }

  /** Null where no request was made. */
  public String address() {
    return address;
  }

  /** Of the API token; null for a person at a page, and for nobody. */
  public Integer tokenId() {
    return tokenId;
  }

  /** Null where no request was made. */
  public String correlationId() {
    return correlationId;
  }

  public Privileges privileges() {
    return privileges;
  }
}
