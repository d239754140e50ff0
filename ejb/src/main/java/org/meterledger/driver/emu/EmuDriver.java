package org.meterledger.driver.emu;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.http.HttpTransport;
import org.meterledger.driver.model.MeterModel;

/** Speaks with meters of the EMU Professional II family. */
@ApplicationScoped
public class EmuDriver implements MeterDriver {

  /** A module that cannot reach its time server stalls for a moment (manual p. 7). */
  private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(5);

  private static final Map<String, Set<Class<? extends Capability>>> CAPABILITIES =
      Map.of(
          EmuTables.LOAD_PROFILE, Set.of(LoadProfileSource.class),
          EmuTables.LOGBOOK, Set.of(EventLogSource.class),
          EmuTables.REGISTERS, Set.of(RegisterSource.class, ClockSource.class),
          EmuTables.SETTINGS, Set.of(SettingsSource.class));

  private final Clock clock;
  private final Duration leastTimeout;
  private final HttpTransport transport = new HttpTransport();
  private final Map<String, EmuTables> tables = new ConcurrentHashMap<>();

  /** For the container, whose proxy holds no state of its own. */
  protected EmuDriver() {
    this(null);
  }

  @Inject
  public EmuDriver(Clock clock) {
    this(clock, LEAST_TIMEOUT);
  }

  /**
   * @param leastTimeout endpoints with a shorter one get this
   */
  EmuDriver(Clock clock, Duration leastTimeout) {
    this.clock = clock;
    this.leastTimeout = leastTimeout;
  }

  @Override
  public String protocol() {
    return "emu";
  }

  @Override
  public Set<Class<? extends Capability>> capabilities(MeterModel model) {
    var found = new LinkedHashSet<Class<? extends Capability>>();
    CAPABILITIES.forEach(
        (table, capabilities) -> {
          if (!model.table(table).isEmpty()) {
            found.addAll(capabilities);
          }
        });
    return found;
  }

  @Override
  public MeterSession open(MeterModel model, Endpoint endpoint) {
    if (!(endpoint instanceof Endpoint.Http http)) {
      throw new IllegalArgumentException("Not an HTTP endpoint: " + endpoint);
    }
    var timeout = http.timeout().compareTo(leastTimeout) < 0 ? leastTimeout : http.timeout();
    var patient = new Endpoint.Http(http.base(), http.user(), http.password(), timeout);
    return new EmuSession(
        clock,
        tables.computeIfAbsent(model.id(), id -> EmuTables.of(model)),
        capabilities(model),
        patient.base().toString(),
        (path, largest) -> transport.get(patient, path, largest));
  }
}
