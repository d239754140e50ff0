package org.meterledger.driver.meterextension;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.ErrandTarget;
import org.meterledger.driver.FactoryResetTarget;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterKeyTarget;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RebootTarget;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.WifiTarget;
import org.meterledger.driver.http.HttpTransport;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Unit;

/**
 * Speaks with meters through the MeterExtension that hears them. Several may answer at one address:
 * an {@link Endpoint.BehindGateway} names the one that is meant.
 */
@ApplicationScoped
public class MeterExtensionDriver implements MeterDriver {

  private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(5);

  private static final Set<Class<? extends Capability>> CAPABILITIES =
      Set.of(
          RegisterSource.class,
          ClockSource.class,
          SettingsSource.class,
          RebootTarget.class,
          WifiTarget.class,
          MeterKeyTarget.class,
          FactoryResetTarget.class,
          ErrandTarget.class);

  private final Clock clock;
  private final Duration leastTimeout;
  private final HttpTransport transport = new HttpTransport();
  private final Map<String, List<Channel>> registers = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> conversations = new ConcurrentHashMap<>();

  /** For the container, whose proxy holds no state of its own. */
  protected MeterExtensionDriver() {
    this(null);
  }

  @Inject
  public MeterExtensionDriver(Clock clock) {
    this(clock, LEAST_TIMEOUT);
  }

  /**
   * @param leastTimeout endpoints with a shorter one get this
   */
  MeterExtensionDriver(Clock clock, Duration leastTimeout) {
    this.clock = clock;
    this.leastTimeout = leastTimeout;
  }

  @Override
  public String protocol() {
    return "meterextension";
  }

  @Override
  public Set<Class<? extends Capability>> capabilities(MeterModel model) {
    return CAPABILITIES;
  }

  @Override
  public boolean severalAtAddress(MeterModel model) {
    return true;
  }

  @Override
  public MeterSession open(MeterModel model, Endpoint endpoint) {
    var named = endpoint instanceof Endpoint.BehindGateway found ? found : null;
    return new MeterExtensionSession(
        connection(named == null ? (Endpoint.Http) endpoint : named.gateway()),
        named == null ? null : named.serialNumber(),
        model,
        registers.computeIfAbsent(model.id(), id -> registers(model)));
  }

  private static List<Channel> registers(MeterModel model) {
    return model.table("registers").stream()
        .map(
            row ->
                new Channel(
                    ObisCode.of(row.get("obis")),
                    Unit.ofSymbol(row.get("unit")),
                    Integer.parseInt(row.get("scaler")),
                    0))
        .toList();
  }

  /** All that speak with one box take turns. */
  private BoxConnection connection(Endpoint.Http given) {
    var timeout = given.timeout().compareTo(leastTimeout) < 0 ? leastTimeout : given.timeout();
    var endpoint =
        new Endpoint.Http(
            given.base(), given.user(), given.password(), timeout, given.pin(), given.zone());
    var conversation =
        conversations.computeIfAbsent(
            String.valueOf(given.base().getAuthority()), address -> new ReentrantLock(true));
    return new BoxConnection(transport, endpoint, conversation, clock);
  }
}
