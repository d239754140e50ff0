package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.Meters;
import org.meterledger.reading.ReadingAttempts;

/** Timer, claim, session, driver and archive, as the server wires them. */
@ExtendWith(ArquillianExtension.class)
class DeployedReadingIT {

  private static final long PATIENCE_SECONDS = 120;

  @Inject AsAdministrator administrator;
  @Inject Meters meters;
  @Inject ReadingAttempts attempts;

  @Resource(lookup = "java:jboss/datasources/Meterledger")
  DataSource dataSource;

  @Deployment
  static EnterpriseArchive deployment() {
    return TestableEar.with(DeployedReadingIT.class, AsAdministrator.class, SimulatedMeter.class);
  }

  @Test
  void aMeterThatIsAddedIsReadAndArchived() throws Exception {
    MeterDetails details = new MeterDetails();
    details.setSerialNumber(SimulatedMeter.SERIAL);
    details.setModel("emu-professional-ii");
    details.setAddress(System.getProperty(SimulatedMeter.ADDRESS));
    details.setTimeZone("Europe/Zurich");
    Meter meter = administrator.add(details);

    awaitReading(meter);

    assertThat(meters.contact(meter).getFaultDetail()).isNull();
    assertThat(meters.contact(meter).getLastReadingAt()).isEqualTo(SimulatedMeter.END);
    assertThat(archived(meter)).isEqualTo(SimulatedMeter.ROWS);
    assertThat(attempts.of(meter.getId(), 0, 10))
        .allSatisfy(attempt -> assertThat(attempt.result()).isEqualTo("COMPLETE"))
        .extracting(ReadingAttempts.ReadingAttempt::kind)
        .as("as the plans for all meters have it")
        .containsExactlyInAnyOrder(
            "SETTINGS", "REGISTERS", "LOAD_PROFILE", "PREVIOUS_VALUES", "DEMAND", "LOGBOOK");
  }

  private void awaitReading(Meter meter) throws InterruptedException {
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (meters.contact(meter).getLastAttemptAt() == null) {
      assertThat(System.nanoTime() - limit).as("no attempt yet").isNegative();
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  private int archived(Meter meter) throws Exception {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement(
                "select count(*), min(e.period_end) from load_profile_entry e"
                    + " join load_profile p on p.id = e.profile_id"
                    + " where p.meter_id = ? and p.obis = '1-0:99.1.0*255'")) {
      statement.setInt(1, meter.getId());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        Instant first = row.getTimestamp(2).toInstant();
        assertThat(first).isEqualTo(SimulatedMeter.BEGIN.plusSeconds(900));
        return row.getInt(1);
      }
    }
  }
}
