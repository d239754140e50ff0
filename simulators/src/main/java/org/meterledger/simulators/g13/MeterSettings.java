package org.meterledger.simulators.g13;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Objects;
import org.meterledger.simulators.LoadShape;

/**
 * How a meter is built and connected.
 *
 * @param serial up to 17 characters
 * @param label type designation, for example {@code A44 512-100}, which decides its functions
 * @param protocol 1 M-Bus wired, 2 M-Bus IR, 3 EQ bus, 4 wireless
 * @param address on its bus
 * @param baudrate of the meter's port, in bit/s
 * @param alias up to 21 characters
 * @param location up to 51 characters
 * @param registered whether the gateway knows it already
 * @param shape what stands behind the meter
 * @param seed decides every value together with the time
 * @param commissioned when counting began
 * @param offset of its clock in standard time; European daylight saving is on at first
 * @param eventful whether power failures and clock corrections happen by themselves
 */
public record MeterSettings(
    String serial,
    String label,
    int protocol,
    int address,
    int baudrate,
    String alias,
    String location,
    boolean registered,
    LoadShape shape,
    long seed,
    Instant commissioned,
    ZoneOffset offset,
    boolean eventful) {
  static final int MBUS_WIRED = 1;
  static final int MBUS_IR = 2;
  static final int EQ_BUS = 3;
  static final int WIRELESS = 4;

  static final int EQ_BUS_BAUDRATE = 500_000;
  static final int MBUS_BAUDRATE = 2400;

  public MeterSettings {
    Objects.requireNonNull(shape);
    Objects.requireNonNull(commissioned);
    Objects.requireNonNull(offset);
    Label.of(label);
    if (serial.isEmpty() || serial.length() > 17) {
      throw new IllegalArgumentException("A serial has 1 to 17 characters: " + serial);
    }
  }

  /** A registered household meter on the EQ bus, in UTC+1. */
  public static MeterSettings of(String serial, String label, Instant commissioned) {
    return new MeterSettings(
        serial,
        label,
        EQ_BUS,
        17,
        EQ_BUS_BAUDRATE,
        serial,
        "Level1",
        true,
        LoadShape.HOUSEHOLD,
        serial.hashCode(),
        commissioned,
        ZoneOffset.ofHours(1),
        false);
  }

  /** The same meter with something else behind it. */
  public MeterSettings withLoad(LoadShape other, long otherSeed) {
    return new MeterSettings(
        serial,
        label,
        protocol,
        address,
        baudrate,
        alias,
        location,
        registered,
        other,
        otherSeed,
        commissioned,
        offset,
        eventful);
  }

  /** The same meter on another bus. */
  public MeterSettings on(int otherProtocol, int otherAddress) {
    int rate = otherProtocol == EQ_BUS ? EQ_BUS_BAUDRATE : MBUS_BAUDRATE;
    return new MeterSettings(
        serial,
        label,
        otherProtocol,
        otherAddress,
        rate,
        alias,
        location,
        registered,
        shape,
        seed,
        commissioned,
        offset,
        eventful);
  }

  /** The same meter under other names. */
  public MeterSettings named(String otherAlias, String otherLocation) {
    return new MeterSettings(
        serial,
        label,
        protocol,
        address,
        baudrate,
        otherAlias,
        otherLocation,
        registered,
        shape,
        seed,
        commissioned,
        offset,
        eventful);
  }

  /** The same meter, connected but not yet known to the gateway. */
  public MeterSettings unregistered() {
    return new MeterSettings(
        serial,
        label,
        protocol,
        address,
        baudrate,
        alias,
        location,
        false,
        shape,
        seed,
        commissioned,
        offset,
        eventful);
  }

  /** The same meter with power failures and clock corrections now and then. */
  public MeterSettings inTroubledTimes() {
    return new MeterSettings(
        serial,
        label,
        protocol,
        address,
        baudrate,
        alias,
        location,
        registered,
        shape,
        seed,
        commissioned,
        offset,
        true);
  }
}
