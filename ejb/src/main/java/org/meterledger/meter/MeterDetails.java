package org.meterledger.meter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.Serializable;

/**
 * What a person says of a meter, from a page or the API. The rules stand on the fields; {@link
 * Meters} adds those that need the database.
 */
public class MeterDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int MONTH = 2_678_400;

  @NotNull
  @Size(min = 1, max = 40)
  @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._/-]*", message = "{meter.serialNumber.pattern}")
  private String serialNumber;

  @NotNull private String model;

  @Size(max = 120)
  private String alias;

  @NotNull
  @Size(max = 255)
  @Pattern(
      regexp = "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?/?",
      message = "{meter.address.pattern}")
  private String address;

  @Size(max = 64)
  private String userName;

  @Size(max = 64)
  private String password;

  @NotNull
  @Size(max = 64)
  private String timeZone;

  @Size(max = 64)
  private String meteringPoint;

  @NotNull private Meter.State state = Meter.State.ACTIVE;

  private boolean watched;

  @Min(60)
  @Max(MONTH)
  private int loadProfileSeconds = 900;

  @Min(5)
  @Max(MONTH)
  private int registersSeconds = 60;

  @Min(60)
  @Max(MONTH)
  private int logbookSeconds = 3600;

  /** The maker's number, 1..40 characters; cannot be changed later. */
  public String getSerialNumber() {
    return serialNumber;
  }

  public void setSerialNumber(String serialNumber) {
    this.serialNumber = serialNumber;
  }

  /** Id of a device model; cannot be changed later. */
  public String getModel() {
    return model;
  }

  public void setModel(String model) {
    this.model = model;
  }

  public String getAlias() {
    return alias;
  }

  public void setAlias(String alias) {
    this.alias = blankToNull(alias);
  }

  /** Scheme, host and perhaps port. */
  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = address == null ? null : address.strip().replaceAll("/$", "");
  }

  /** For Basic authentication; null without. */
  public String getUserName() {
    return userName;
  }

  public void setUserName(String userName) {
    this.userName = blankToNull(userName);
  }

  /** Only ever comes in. Null keeps the one that is stored, as long as the user name stays. */
  public String getPassword() {
    return password;
  }

  public void setPassword(String password) {
    this.password = password == null || password.isEmpty() ? null : password;
  }

  /** IANA name, for example {@code Europe/Zurich}. */
  public String getTimeZone() {
    return timeZone;
  }

  public void setTimeZone(String timeZone) {
    this.timeZone = timeZone;
  }

  /** Code of the metering point where the meter is from now on; null for none. */
  public String getMeteringPoint() {
    return meteringPoint;
  }

  public void setMeteringPoint(String meteringPoint) {
    this.meteringPoint = blankToNull(meteringPoint);
  }

  /** ACTIVE or PAUSED. */
  public Meter.State getState() {
    return state;
  }

  public void setState(Meter.State state) {
    this.state = state;
  }

  public boolean isWatched() {
    return watched;
  }

  public void setWatched(boolean watched) {
    this.watched = watched;
  }

  /** How often the load profile is read, 60 s to 31 days. */
  public int getLoadProfileSeconds() {
    return loadProfileSeconds;
  }

  public void setLoadProfileSeconds(int loadProfileSeconds) {
    this.loadProfileSeconds = loadProfileSeconds;
  }

  /** How often present values are read while the meter is watched, 5 s to 31 days. */
  public int getRegistersSeconds() {
    return registersSeconds;
  }

  public void setRegistersSeconds(int registersSeconds) {
    this.registersSeconds = registersSeconds;
  }

  /** How often the logbook is read, 60 s to 31 days. */
  public int getLogbookSeconds() {
    return logbookSeconds;
  }

  public void setLogbookSeconds(int logbookSeconds) {
    this.logbookSeconds = logbookSeconds;
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
