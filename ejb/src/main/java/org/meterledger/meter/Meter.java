package org.meterledger.meter;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.time.ZoneId;
import org.hibernate.annotations.DynamicUpdate;

/** An instrument that is read. Made and changed through {@link Meters} only. */
@Entity
@Table(name = "meter")
@DynamicUpdate // a password that was re-encrypted meanwhile must not be written back as it was
public class Meter {

  /** Whether the portal reads it. */
  public enum State {
    ACTIVE,
    /** Kept, shown, not read. */
    PAUSED,
    /** Not shown any more; its archive stays. */
    REMOVED
  }

  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  private Integer id;

  @Column(name = "serial_number")
  private String serialNumber;

  private String model;
  private String alias;
  private String address;

  @Column(name = "user_name")
  private String userName;

  private byte[] password;

  @Column(name = "time_zone")
  private String timeZone;

  @Enumerated(EnumType.STRING)
  private State state;

  private boolean watched;

  @Column(name = "network_id")
  private int networkId = MeterPlaces.STANDARD_NETWORK;

  @Column(name = "gateway_id")
  private Integer gatewayId;

  @Column(name = "location_id")
  private Integer locationId;

  @Column(name = "clock_limit_s")
  private int clockLimitSeconds;

  @Version private int version;

  @Column(name = "created_at")
  private Instant createdAt;

  @Column(name = "updated_at")
  private Instant updatedAt;

  /** For JPA. */
  protected Meter() {}

  Meter(String serialNumber, String model, Instant createdAt) {
    this.serialNumber = serialNumber;
    this.model = model;
    this.createdAt = createdAt;
  }

  void take(MeterDetails details, MeterPlaces.Place place, byte[] encryptedPassword, Instant now) {
    alias = details.getAlias();
    address = details.getAddress();
    userName = details.getUserName();
    password = encryptedPassword;
    timeZone = details.getTimeZone();
    state = details.getState();
    watched = details.isWatched();
    clockLimitSeconds = details.getClockLimitSeconds();
    place(place);
    updatedAt = now;
  }

  void remove(Instant now) {
    state = State.REMOVED;
    password = null;
    // networks, gateways and locations that nothing uses any more can go
    place(MeterPlaces.Place.NONE);
    updatedAt = now;
  }

  private void place(MeterPlaces.Place place) {
    networkId = place.networkId();
    gatewayId = place.gatewayId();
    locationId = place.locationId();
  }

  public Integer getId() {
    return id;
  }

  /** The maker's number; unique. */
  public String getSerialNumber() {
    return serialNumber;
  }

  /** Folder of the device model. */
  public String getModel() {
    return model;
  }

  /** What people call it; null where nobody named it. */
  public String getAlias() {
    return alias;
  }

  /** Where it answers, for example {@code http://10.0.0.7}. */
  public String getAddress() {
    return address;
  }

  /** Null where the meter asks for none. */
  public String getUserName() {
    return userName;
  }

  /** Encrypted; null where there is none. */
  byte[] getPassword() {
    return password;
  }

  public boolean isPasswordSet() {
    return password != null;
  }

  /** Of the place where the meter is, for pages and exports. */
  public ZoneId getTimeZone() {
    return ZoneId.of(timeZone);
  }

  public State getState() {
    return state;
  }

  /** Whether its present values are read every minute. */
  public boolean isWatched() {
    return watched;
  }

  /** Over which it is reached. */
  public int getNetworkId() {
    return networkId;
  }

  /** Behind which it is; null where there is none. */
  public Integer getGatewayId() {
    return gatewayId;
  }

  /** Null where nobody said. */
  public Integer getLocationId() {
    return locationId;
  }

  /** A clock that is further off is reported; 1..86400. */
  public int getClockLimitSeconds() {
    return clockLimitSeconds;
  }

  /** Counts the changes, for optimistic locking and ETags. */
  public int getVersion() {
    return version;
  }

  public Instant getCreatedAt() {
    return createdAt;
  }

  public Instant getUpdatedAt() {
    return updatedAt;
  }
}
