package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.operation.Progress;

/**
 * Reads a load profile again over a range: what the archive lacks is added, what differs kept as
 * well.
 */
@ApplicationScoped
public class ReadLoadProfile extends ReadRange<LoadProfileSource> {

  public static final String NAME = "READ_LOAD_PROFILE";

  /** For the client proxy only. */
  protected ReadLoadProfile() {
    this(null);
  }

  @Inject
  public ReadLoadProfile(ReadingContext context) {
    super(LoadProfileSource.class, "profile", context);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  protected Set<ObisCode> buffers(LoadProfileSource from) {
    return from.loadProfiles();
  }

  @Override
  protected void read(
      MeterReading reading,
      LoadProfileSource from,
      ObisCode which,
      Interval span,
      Progress progress)
      throws InterruptedException {
    reading.rows(from, which, span, progress);
  }
}
