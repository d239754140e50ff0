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
 */
public record MeterSettings(String serial, String label, Bus bus, Entry entry, Life life) {
  static final int MBUS_WIRED = 1;
  static final int MBUS_IR = 2;
  static final int EQ_BUS = 3;
  static final int WIRELESS = 4;

  static final int EQ_BUS_BAUDRATE = 500_000;
  static final int MBUS_BAUDRATE = 2400;

  /**
   * Where it is connected.
   *
   * @param protocol 1 M-Bus wired, 2 M-Bus IR, 3 EQ bus, 4 wireless
   * @param address on its bus
   * @param baudrate of the meter's port, in bit/s
   */
  public record Bus(int protocol, int address, int baudrate) {}

  /**
   * What the gateway has written down of it.
   *
   * @param alias up to 21 characters
   * @param location up to 51 characters
   * @param registered whether the gateway knows it already
   */
  public record Entry(String alias, String location, boolean registered) {}

  /**
   * What it measures.
   *
   * @param shape what stands behind the meter
   * @param seed decides every value together with the time
   * @param commissioned when counting began
   * @param offset of its clock in standard time; European daylight saving is on at first
   * @param eventful whether power failures and clock corrections happen by themselves
   */
  public record Life(
      LoadShape shape, long seed, Instant commissioned, ZoneOffset offset, boolean eventful) {
    public Life {
      Objects.requireNonNull(shape);
      Objects.requireNonNull(commissioned);
      Objects.requireNonNull(offset);
    }
  }

  public MeterSettings {
    Objects.requireNonNull(bus);
    Objects.requireNonNull(entry);
    Objects.requireNonNull(life);
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
        new Bus(EQ_BUS, 17, EQ_BUS_BAUDRATE),
        new Entry(serial, "Level1", true),
        new Life(
            LoadShape.HOUSEHOLD, serial.hashCode(), commissioned, ZoneOffset.ofHours(1), false));
  }

  /** The same meter with something else behind it. */
  public MeterSettings withLoad(LoadShape shape, long seed) {
    return living(new Life(shape, seed, life.commissioned(), life.offset(), life.eventful()));
  }

  /** The same meter with power failures and clock corrections now and then. */
  public MeterSettings inTroubledTimes() {
    return living(new Life(life.shape(), life.seed(), life.commissioned(), life.offset(), true));
  }

  private MeterSettings living(Life other) {
    return new MeterSettings(serial, label, bus, entry, other);
  }

  /** The same meter on another bus. */
  public MeterSettings on(int protocol, int address) {
    int baudrate = protocol == EQ_BUS ? EQ_BUS_BAUDRATE : MBUS_BAUDRATE;
    return new MeterSettings(serial, label, new Bus(protocol, address, baudrate), entry, life);
  }

  /** The same meter under other names. */
  public MeterSettings named(String alias, String location) {
    return new MeterSettings(
        serial, label, bus, new Entry(alias, location, entry.registered()), life);
  }

  /** The same meter, connected but not yet known to the gateway. */
  public MeterSettings unregistered() {
    return new MeterSettings(
        serial, label, bus, new Entry(entry.alias(), entry.location(), false), life);
  }
}
