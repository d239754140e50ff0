package org.meterledger.network;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.Locale;

/** What a person says of how the portal speaks with a gateway. */
public class GatewayAccessDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  @NotNull private String model;

  @NotNull
  @Size(max = 255)
  @Pattern(
      regexp = "https://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?/?",
      message = "{gateway.address.pattern}")
  private String address;

  @NotNull
  @Size(min = 1, max = 64)
  private String userName;

  @Size(max = 64)
  private String password;

  @Size(min = 8, max = 64)
  private String newPassword;

  @NotNull
  @Pattern(regexp = "[0-9a-f]{64}", message = "{gateway.certificate.pattern}")
  private String certificate;

  private boolean oldTls;

  @NotNull
  @Size(max = 64)
  private String timeZone;

  /** Id of a device model that is a gateway. */
  public String getModel() {
    return model;
  }

  public void setModel(String model) {
    this.model = model;
  }

  /** {@code https://}, host and perhaps port. */
  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address == null ? null : address.strip().replaceAll("/$", "");
  }

  /** An account of the gateway that may configure it. */
  public String getUserName() {
    return userName;
  }

  public void setUserName(String userName) {
    this.userName = userName == null ? null : userName.strip();
  }

  /** Only ever comes in. Null keeps the stored one, as long as address and user name stay. */
  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password == null || password.isEmpty() ? null : password;
  }

  /**
   * Only ever comes in: what the password is changed to at the gateway first. Needed where it still
   * is the one of the factory, 8..64 characters; null else.
   */
  public String getNewPassword() {
    return newPassword;
  }

  public void setNewPassword(String newPassword) {
    this.newPassword = newPassword == null || newPassword.isEmpty() ? null : newPassword;
  }

  /** SHA-256 of the certificate that a person has compared; colons and capitals are taken too. */
  public String getCertificate() {
    return certificate;
  }

  public void setCertificate(String certificate) {
    this.certificate =
        certificate == null ? null : certificate.replaceAll("[:\\s]", "").toLowerCase(Locale.ROOT);
  }

  /** Whether TLS 1.0 and 1.1, which are broken, are allowed for this gateway. */
  public boolean isOldTls() {
    return oldTls;
  }

  public void setOldTls(boolean oldTls) {
    this.oldTls = oldTls;
  }

  /** IANA name: in which its clock and those of the meters behind it run. */
  public String getTimeZone() {
    return timeZone;
  }

  public void setTimeZone(String timeZone) {
    this.timeZone = timeZone;
  }

  /** What the trail tells: all but the passwords. */
  GatewayAccess told() {
    return new GatewayAccess(model, address, userName, certificate, oldTls, ZoneId.of(timeZone));
  }
}
