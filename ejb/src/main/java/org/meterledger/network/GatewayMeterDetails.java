package org.meterledger.network;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.io.Serializable;

/**
 * What a person says of a meter at its gateway. How long names may be is up to the gateway, so that
 * {@link GatewayMeters} checks it.
 */
public class GatewayMeterDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  @NotNull
  @Size(min = 1, max = 40)
  private String serialNumber;

  @NotNull
  @Size(min = 1, max = 120)
  private String alias;

  @NotNull
  @Size(min = 1, max = 120)
  private String location;

  public GatewayMeterDetails() {}

  public GatewayMeterDetails(String serialNumber, String alias, String location) {
    this.serialNumber = serialNumber;
    this.alias = alias;
    this.location = location;
  }

  /** As the gateway has it. */
  public String getSerialNumber() {
    return serialNumber;
  }

  public void setSerialNumber(String serialNumber) {
    this.serialNumber = serialNumber == null ? null : serialNumber.strip();
  }

  /** What it is called there. */
  public String getAlias() {
    return alias;
  }

  public void setAlias(String alias) {
    this.alias = alias == null ? null : alias.strip();
  }

  /** Where it is, in words. */
  public String getLocation() {
    return location;
  }

  public void setLocation(String location) {
    this.location = location == null ? null : location.strip();
  }
}
