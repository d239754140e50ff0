package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.meterledger.simulators.SettableClock;

class FleetTest {
  private static final Instant NOW = Instant.parse("2025-01-20T12:34:56Z");

  private static Dmed4Meter meter(int number, SettableClock clock) {
    return new Dmed4Meter(Dmed4Fleet.demonstration(Dmed4Fleet.METERS, 1).get(number), clock);
  }

  @Test
  void sixMetersOfDifferentModels() {
    assertThat(Dmed4Fleet.demonstration(6, 1).stream().map(Dmed4Settings::model))
        .doesNotHaveDuplicates();
    assertThat(Dmed4Fleet.demonstration(6, 1).stream().map(Dmed4Settings::serialNumber))
        .doesNotHaveDuplicates();
  }

  @Test
  void chargingGoesOnByItself() throws Exception {
    Dmed4Meter meter = meter(1, new SettableClock(NOW));
    List<OcmfRecord> records = meter.records();
    assertThat(records).hasSizeGreaterThan(100);
    boolean charging = false;
    for (int place = 0; place < records.size(); place++) {
      OcmfRecord record = records.get(place);
      assertThat(record.progressive()).isEqualTo(place + 1);
      assertThat(record.payload()).contains("\"PG\":\"T" + (place + 1) + "\"");
      assertThat(record.command() == ChargeCommand.BEGIN).isEqualTo(!charging);
      charging = record.command() != ChargeCommand.END;
      if (place % 10 == 0) {
        assertThat(SignatureTest.isValid(record.text(), meter.publicKeySpki())).isTrue();
      }
    }
    assertThat(meter.readings().importedWh()).isPositive();
  }

  @Test
  void aFleetStartedLaterTellsTheSameHistory() {
    SettableClock clock = new SettableClock(NOW.minus(Duration.ofDays(3)));
    Dmed4Meter first = meter(2, clock);
    first.records();
    for (int step = 0; step < 3 * 24; step++) {
      clock.advance(Duration.ofHours(1));
      first.readings();
    }
    Dmed4Meter later = meter(2, new SettableClock(NOW));
    assertThat(later.readings()).isEqualTo(first.readings());
    assertThat(later.records().stream().map(OcmfRecord::payload))
        .isEqualTo(first.records().stream().map(OcmfRecord::payload).toList());
    assertThat(later.records().get(7).text()).isEqualTo(first.records().get(7).text());
  }

  /** Somebody who has begun a charge himself is not disturbed by the plan. */
  @Test
  void thePlanWaitsForAForeignCharge() {
    SettableClock clock = new SettableClock(NOW.plus(Duration.ofHours(10)));
    Dmed4Meter meter = meter(1, clock);
    assertThat(meter.operativeStatus()).isEqualTo("ready");
    int before = meter.records().size();
    meter.asked(
        () -> {
          meter.setClock(clock.instant().getEpochSecond());
          meter.cycle.submit(Texts.ascii(Dmed4Wired.INPUT), clock.instant());
          meter.cycle.command(ChargeCommand.BEGIN, clock.instant(), true);
          return null;
        });
    clock.advance(Duration.ofDays(1));
    assertThat(meter.records()).hasSize(before + 1);
    assertThat(meter.operativeStatus()).isEqualTo("charging");
  }

  @Test
  void commandLine() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream complained = new PrintStream(err, true, StandardCharsets.UTF_8);
    assertThat(CommandLine.run(new String[] {"--meters", "0"}, printed, complained)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("--meters goes from 1 to 10000: 0");
    assertThat(
            CommandLine.run(
                new String[] {"--meters", "1", "--fresh", "--truth"}, printed, complained))
        .isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void overTls() throws Exception {
    try (Dmed4Wired wired = new Dmed4Wired()) {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
      try (SSLSocket socket =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket("127.0.0.1", wired.simulator.port(0, Transport.REST_TLS))) {
        socket
            .getOutputStream()
            .write("GET /v1/charge_status HTTP/1.1\r\nHost: x\r\n\r\n".getBytes());
        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
            .startsWith("HTTP/1.1 200 OK")
            .contains("\"measurement_status\":0");
        assertThat(socket.getSession().getPeerCertificates()[0])
            .isEqualTo(wired.meter.certificate().x509());
      }
    }
  }

  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
