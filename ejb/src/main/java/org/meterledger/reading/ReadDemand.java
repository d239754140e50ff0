package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.meterledger.metering.SnapshotKind;

/** Reads minima and maxima of demand again. */
@ApplicationScoped
public class ReadDemand extends ReadSnapshots {

  public static final String NAME = "READ_DEMAND";

  /** For the client proxy only. */
  protected ReadDemand() {
    this(null);
  }

  @Inject
  public ReadDemand(ReadingContext context) {
    super(SnapshotKind.DEMAND, context);
  }

  @Override
  public String name() {
    return NAME;
  }
}
