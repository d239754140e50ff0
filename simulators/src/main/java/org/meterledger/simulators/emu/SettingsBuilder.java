package org.meterledger.simulators.emu;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.emu.LogbookLine.Parameters;

/** Collects {@link EmuMeter.Settings}; whatever is not set has the value that is named there. */
public final class SettingsBuilder {
  private static final long FIRST_SERIAL_WITH_MINMAX = 22_350_000;

  private final String serialNumber;
  private final Instant firstPeriodStart;
  private long seed;
  private LoadShape shape = LoadShape.HOUSEHOLD;
  private Duration capturePeriod = Duration.ofMinutes(15);
  private int capacity = 4 * 366 * 96;
  private int logbookCapacity = 2048;
  private Instant commissioned;
  private String softwareVersion = "1.0.14";
  private String password = "";
  private boolean minMax;
  private boolean statusTime;
  private boolean ntpActive = true;
  private boolean updaterActive = true;
  private CsvDialect dialect = CsvDialect.SEMICOLON;
  private Duration latency = Duration.ZERO;
  private boolean eventful;
  private Parameters parameters = new Parameters(5, 5, 100, 100, 1000, 40);

  SettingsBuilder(String serialNumber, Instant firstPeriodStart) {
    if (!serialNumber.matches("[0-9]{1,10}")) {
      throw new IllegalArgumentException("A serial number has 1 to 10 digits: " + serialNumber);
    }
    this.serialNumber = serialNumber;
    this.firstPeriodStart = Objects.requireNonNull(firstPeriodStart);
    this.commissioned = firstPeriodStart;
    this.seed = Long.parseLong(serialNumber);
    this.minMax = seed >= FIRST_SERIAL_WITH_MINMAX;
  }

  /** The serial number unless set. */
  public SettingsBuilder seed(long value) {
    seed = value;
    return this;
  }

  public SettingsBuilder shape(LoadShape value) {
    shape = Objects.requireNonNull(value);
    return this;
  }

  public SettingsBuilder capturePeriod(Duration value) {
    if (value.compareTo(Duration.ofMinutes(1)) < 0 || value.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException("A capture period is 1 min to 1 day: " + value);
    }
    capturePeriod = value;
    return this;
  }

  public SettingsBuilder capacity(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException("The ring buffer holds at least one row: " + rows);
    }
    capacity = rows;
    return this;
  }

  public SettingsBuilder logbookCapacity(int lines) {
    logbookCapacity = lines;
    return this;
  }

  /** At or before the first period's start. */
  public SettingsBuilder commissioned(Instant value) {
    if (value.isAfter(firstPeriodStart)) {
      throw new IllegalArgumentException("Commissioned after the first period: " + value);
    }
    commissioned = value;
    return this;
  }

  public SettingsBuilder softwareVersion(String value) {
    softwareVersion = Objects.requireNonNull(value);
    return this;
  }

  /** At most 20 characters (manual p. 7); empty for no protection. */
  public SettingsBuilder password(String value) {
    if (value.length() > 20) {
      throw new IllegalArgumentException("A password has at most 20 characters");
    }
    password = value;
    return this;
  }

  /** By serial number unless set. */
  public SettingsBuilder minMax(boolean value) {
    minMax = value;
    return this;
  }

  /** Not unless set: the manual (p. 7) prints 0 there. */
  public SettingsBuilder statusTime(boolean value) {
    statusTime = value;
    return this;
  }

  public SettingsBuilder ntpActive(boolean value) {
    ntpActive = value;
    return this;
  }

  public SettingsBuilder updaterActive(boolean value) {
    updaterActive = value;
    return this;
  }

  public SettingsBuilder dialect(CsvDialect value) {
    dialect = Objects.requireNonNull(value);
    return this;
  }

  public SettingsBuilder latency(Duration value) {
    latency = Objects.requireNonNull(value);
    return this;
  }

  public SettingsBuilder eventful(boolean value) {
    eventful = value;
    return this;
  }

  public SettingsBuilder parameters(Parameters value) {
    parameters = Objects.requireNonNull(value);
    return this;
  }

  public EmuMeter.Settings build() {
    return new EmuMeter.Settings(
        serialNumber,
        seed,
        shape,
        capturePeriod,
        capacity,
        logbookCapacity,
        commissioned,
        firstPeriodStart,
        softwareVersion,
        password,
        minMax,
        statusTime,
        ntpActive,
        updaterActive,
        dialect,
        latency,
        eventful,
        parameters);
  }
}
