package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.meterledger.metering.SnapshotKind;

/** Reads previous values again. */
@ApplicationScoped
public class ReadPreviousValues extends ReadSnapshots {

  public static final String NAME = "READ_PREVIOUS_VALUES";

  /** For the client proxy only. */
  protected ReadPreviousValues() {
    this(null);
  }

  @Inject
  public ReadPreviousValues(ReadingContext context) {
    super(SnapshotKind.PREVIOUS_VALUES, context);
  }

  @Override
  public String name() {
    return NAME;
  }
}
