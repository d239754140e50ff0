package org.meterledger.network;

import java.time.ZoneId;

/**
 * How the portal speaks with a gateway, without the password.
 *
 * @param model id of a device model that is a gateway
 * @param address begins with https
 * @param certificate SHA-256 of the one certificate that it may show, 64 hexadecimal digits
 * @param oldTls whether TLS 1.0 and 1.1 are allowed for it
 * @param timeZone in which its clock and those behind it run
 */
public record GatewayAccess(
    String model,
    String address,
    String userName,
    String certificate,
    boolean oldTls,
    ZoneId timeZone) {

  /** What a form begins with. */
  public GatewayAccessDetails details() {
    var details = new GatewayAccessDetails();
    details.setModel(model);
    details.setAddress(address);
    details.setUserName(userName);
    details.setCertificate(certificate);
    details.setOldTls(oldTls);
    details.setTimeZone(timeZone.getId());
    return details;
  }
}
