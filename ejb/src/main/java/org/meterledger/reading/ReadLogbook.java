package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import org.meterledger.driver.EventLogSource;
import org.meterledger.metering.Interval;
import org.meterledger.metering.ObisCode;
import org.meterledger.operation.Progress;

/** Reads a logbook again over a range; lines that the archive lacks are added. */
@ApplicationScoped
public class ReadLogbook extends ReadRange<EventLogSource> {

  public static final String NAME = "READ_LOGBOOK";

  /** For the client proxy only. */
  protected ReadLogbook() {
    this(null);
  }

  @Inject
  public ReadLogbook(ReadingContext context) {
    super(EventLogSource.class, "logbook", context);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  protected Set<ObisCode> buffers(EventLogSource from) {
    return from.logbooks();
  }

  @Override
  protected void read(
      MeterReading reading, EventLogSource from, ObisCode which, Interval span, Progress progress)
      throws InterruptedException {
    reading.lines(from, which, span, progress);
  }
}
