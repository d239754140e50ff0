package org.meterledger.meter;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.io.Serializable;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a person says of a meter, from a page or the API. The rules stand on the fields; {@link
 * Meters} adds those that need the database.
 */
public class MeterDetails implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The network that is always there. */
  public static final String STANDARD_NETWORK = "Standard";

  private static final int DAY_SECONDS = 86_400;

  @NotNull
  @Size(min = 1, max = 40)
  @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._/-]*", message = "{meter.serialNumber.pattern}")
  private String serialNumber;

  @NotNull private String model;

  @Size(max = 120)
  private String alias;

  @Size(max = 255)
  @Pattern(
      regexp =
          "https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+])(:[0-9]{1,5})?(/[1-4])?/?"
              + "|modbus-[a-z-]+://[!-~]+",
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

  @NotNull
  @Size(min = 1, max = 80)
  private String network = STANDARD_NETWORK;

  @Size(max = 80)
  private String gateway;

  @Size(max = 2000)
  private String location;

  @Size(max = 20)
  private SortedSet<@NotNull @Size(min = 1, max = 40) String> labels = new TreeSet<>();

  @Min(1)
  @Max(DAY_SECONDS)
  private int clockLimitSeconds = 60;

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

  /**
   * Scheme, host and perhaps port, or what {@link org.meterledger.driver.ModbusAddress} reads; null
   * for a meter that is reached through its gateway.
   */
  public String getAddress() {
    return address;
  }

  public void setAddress(String address) {
    this.address = blankToNull(address);
    if (this.address != null) {
      this.address = this.address.replaceAll("/$", "");
    }
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

  /** Name of the network over which the meter is reached. */
  public String getNetwork() {
    return network;
  }

  public void setNetwork(String network) {
    this.network = network;
  }

  /** Name of the gateway behind which the meter is; null where there is none. */
  public String getGateway() {
    return gateway;
  }

  public void setGateway(String gateway) {
    this.gateway = blankToNull(gateway);
  }

  /** Names from the root of the location tree, {@code Basel/Harbour}; null where not known. */
  public String getLocation() {
    return location;
  }

  public void setLocation(String location) {
    this.location = blankToNull(location);
  }

  /** At most 20 words by which meters are found and grouped, each of 1..40 characters. */
  public SortedSet<String> getLabels() {
    return labels;
  }

  public void setLabels(SortedSet<String> labels) {
    this.labels = labels == null ? new TreeSet<>() : stripped(labels);
  }

  /** A clock that is further off is reported; 1..86400. */
  public int getClockLimitSeconds() {
    return clockLimitSeconds;
  }

  public void setClockLimitSeconds(int clockLimitSeconds) {
    this.clockLimitSeconds = clockLimitSeconds;
  }

  private static SortedSet<String> stripped(SortedSet<String> labels) {
    return labels.stream().map(String::strip).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String blankToNull(String text) {
    return text == null || text.isBlank() ? null : text.strip();
  }
}
