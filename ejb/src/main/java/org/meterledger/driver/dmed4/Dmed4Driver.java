package org.meterledger.driver.dmed4;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.http.HttpTransport;
import org.meterledger.driver.modbus.ModbusTransport;
import org.meterledger.driver.model.MeterModel;

/** Speaks with Lovato DMED4 meters, over HTTP or over Modbus as their addresses say. */
@ApplicationScoped
public class Dmed4Driver implements MeterDriver {

  private final Clock clock;
  private final Pause pause;
  private final HttpTransport http = new HttpTransport();
  private final ModbusTransport modbus;
  private final Login login;
  private final Map<String, Dmed4Tables> tables = new ConcurrentHashMap<>();

  /** For the container, whose proxy holds no state of its own. */
  protected Dmed4Driver() {
    this(null);
  }

  @Inject
  public Dmed4Driver(Clock clock) {
    this(clock, Pause.REAL);
  }

  Dmed4Driver(Clock clock, Pause pause) {
    this.clock = clock;
    this.pause = pause;
    this.modbus = new ModbusTransport(clock);
    this.login = new Login(clock);
  }

  @Override
  public String protocol() {
    return "dmed4";
  }

  @Override
  public Set<Class<? extends Capability>> capabilities(MeterModel model) {
    return Dmed4Session.CAPABILITIES;
  }

  @Override
  public boolean reaches(Endpoint endpoint) {
    return endpoint instanceof Endpoint.Http http
        ? RestConnection.takes(http)
        : endpoint instanceof Endpoint.Modbus;
  }

  @Override
  public MeterSession open(MeterModel model, Endpoint endpoint) {
    var known = tables.computeIfAbsent(model.id(), id -> Dmed4Tables.of(model));
    if (endpoint instanceof Endpoint.Modbus place) {
      var meter = new ModbusMeter(modbus.open(place), known, pause);
      return new Dmed4Session(meter, known, null, clock, pause);
    }
    if (endpoint instanceof Endpoint.Http place) {
      var meter = new RestMeter(new RestConnection(http, place, clock), login, known);
      return new Dmed4Session(meter, known, place.password(), clock, pause);
    }
    throw new IllegalArgumentException("Neither HTTP nor Modbus: " + endpoint);
  }
}
