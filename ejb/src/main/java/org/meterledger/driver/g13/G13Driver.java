package org.meterledger.driver.g13;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.meterledger.driver.BillingSource;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.ClockTarget;
import org.meterledger.driver.CosemSource;
import org.meterledger.driver.DemandSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.GatewayDriver;
import org.meterledger.driver.GatewaySession;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterScan;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.RebootTarget;
import org.meterledger.driver.RegisterResetTarget;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.SwitchTarget;
import org.meterledger.driver.http.HttpTransport;
import org.meterledger.driver.model.MeterModel;

/**
 * Speaks with ABB G13 gateways and the meters behind them. A model with registers is a meter, to be
 * opened at an {@link Endpoint.BehindGateway}; the other one is the gateway itself.
 */
@ApplicationScoped
public class G13Driver implements MeterDriver, GatewayDriver {

  /** Behind one request may stand a whole conversation on a slow bus. */
  private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(20);

  private static final Set<Class<? extends Capability>> OF_A_METER =
      Set.of(
          RegisterSource.class,
          LoadProfileSource.class,
          BillingSource.class,
          DemandSource.class,
          EventLogSource.class,
          ClockSource.class,
          ClockTarget.class,
          SettingsSource.class,
          SettingsTarget.class,
          SwitchTarget.class,
          CosemSource.class,
          ClearTarget.class,
          RegisterResetTarget.class);

  private static final Set<Class<? extends Capability>> OF_A_GATEWAY =
      Set.of(
          EventLogSource.class,
          ClockSource.class,
          ClockTarget.class,
          SettingsSource.class,
          MeterScan.class,
          SettingsTarget.class,
          ClearTarget.class,
          RebootTarget.class);

  private final Clock clock;
  private final Duration leastTimeout;
  private final HttpTransport transport = new HttpTransport();
  private final Map<String, G13Tables> tables = new ConcurrentHashMap<>();
  private final Map<String, ReentrantLock> conversations = new ConcurrentHashMap<>();

  /** For the container, whose proxy holds no state of its own. */
  protected G13Driver() {
    this(null);
  }

  @Inject
  public G13Driver(Clock clock) {
    this(clock, LEAST_TIMEOUT);
  }

  /**
   * @param leastTimeout endpoints with a shorter one get this
   */
  G13Driver(Clock clock, Duration leastTimeout) {
    this.clock = clock;
    this.leastTimeout = leastTimeout;
  }

  @Override
  public String protocol() {
    return "g13";
  }

  @Override
  public Set<Class<? extends Capability>> capabilities(MeterModel model) {
    return model.table(G13Tables.REGISTERS).isEmpty() ? OF_A_GATEWAY : OF_A_METER;
  }

  @Override
  public MeterSession open(MeterModel model, Endpoint endpoint) {
    var behind = endpoint instanceof Endpoint.BehindGateway found ? found : null;
    var address = behind == null ? (Endpoint.Http) endpoint : behind.gateway();
    return model.table(G13Tables.REGISTERS).isEmpty()
        ? new G13GatewaySession(connection(address), model)
        : new G13MeterSession(
            connection(address),
            behind == null ? null : behind.serialNumber(),
            tables.computeIfAbsent(model.id(), id -> G13Tables.of(model)),
            OF_A_METER);
  }

  @Override
  public GatewaySession openGateway(Endpoint.Http endpoint) {
    return new G13GatewayAccess(gateway(endpoint), endpoint);
  }

  /** For what is more than reading a meter. Nothing is called yet. */
  public G13Gateway gateway(Endpoint.Http endpoint) {
    return new G13Gateway(connection(endpoint));
  }

  /** All that speak with one gateway take turns. */
  private G13Connection connection(Endpoint.Http given) {
    var timeout = given.timeout().compareTo(leastTimeout) < 0 ? leastTimeout : given.timeout();
    var endpoint =
        new Endpoint.Http(
            given.base(), given.user(), given.password(), timeout, given.pin(), given.zone());
    var conversation =
        conversations.computeIfAbsent(
            String.valueOf(given.base().getAuthority()), address -> new ReentrantLock(true));
    return new G13Connection(transport, endpoint, conversation, clock);
  }
}
