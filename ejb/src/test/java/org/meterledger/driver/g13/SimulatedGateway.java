package org.meterledger.driver.g13;

import static org.meterledger.driver.g13.Outcome.value;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.Endpoint.CertificatePin;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.SettingsTarget;
import org.meterledger.driver.http.ServerCertificate;
import org.meterledger.simulators.SettableClock;
import org.meterledger.simulators.g13.G13Simulator;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;

/** A simulated gateway with a meter of each level, and a driver that speaks with it. */
final class SimulatedGateway implements AutoCloseable {

  private static final Instant START = Instant.parse("2026-03-20T10:07:00Z");
  private static final String GATEWAY = "ABBG130000000001";
  static final String PLATINUM = "ABB_8";
  static final String IRON = "ABB_9";
  private static final List<String> LABELS =
      List.of("B21 012-100", "B23 112-100", "B24 212-100", "A43 312-100", "A41 412-100");

  final SettableClock time = new SettableClock(START.plusSeconds(60));
  final G13Simulator simulator =
      G13Simulator.start(List.of(GatewaySettings.of(GATEWAY, meters())), 0, time);
  final G13Driver driver = new G13Driver(time, Duration.ofMillis(500));
  final URI base = URI.create(simulator.uri(0).toString().replaceFirst("/$", ""));

  private static List<MeterSettings> meters() {
    var meters = new ArrayList<MeterSettings>();
    meters.add(MeterSettings.of(PLATINUM, "A44 512-100", START));
    for (String label : LABELS) {
      meters.add(MeterSettings.of("ABB_" + (8 + meters.size()), label, START));
    }
    return meters;
  }

  @Override
  public void close() {
    simulator.close();
  }

  Endpoint.Http endpoint(String user, String password) {
    var shown = value(ServerCertificate.shownBy(base, Duration.ofSeconds(10)));
    return new Endpoint.Http(
        base,
        user,
        password,
        Duration.ofSeconds(10),
        new CertificatePin(shown.sha256(), false),
        ZoneId.of("Europe/Zurich"));
  }

  Endpoint.Http endpoint() {
    return endpoint("admin", "admin");
  }

  MeterSession meter(String serial) {
    return driver.open(G13Server.METER, new Endpoint.BehindGateway(endpoint(), serial));
  }

  SettingsTarget settings(String serial) {
    return meter(serial).as(SettingsTarget.class).orElseThrow();
  }

  SettingsTarget gateway() {
    return gateway(endpoint());
  }

  SettingsTarget gateway(Endpoint.Http endpoint) {
    return driver.open(G13Server.GATEWAY, endpoint).as(SettingsTarget.class).orElseThrow();
  }

  org.meterledger.simulators.g13.G13Meter truth() {
    return simulator.gateway(0).meter(PLATINUM);
  }
}
