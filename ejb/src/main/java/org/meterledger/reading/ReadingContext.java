package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.BillingSnapshots;
import org.meterledger.archive.Cursors;
import org.meterledger.archive.Gaps;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSettings;
import org.meterledger.metering.ObisCode;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationQueue;

/** What every session needs besides its meter. */
@ApplicationScoped
public class ReadingContext {

  private final MeterModels models;
  private final ArchiveWriter writer;
  private final ProfileCatalog catalog;
  private final Cursors cursors;
  private final Gaps gaps;
  private final BillingSnapshots snapshots;
  private final MeterSettings settings;
  private final OperationQueue operations;
  private final OperationKinds kinds;
  private final Clock clock;

  /** For the client proxy only. */
  protected ReadingContext() {
    this(null, null, null, null, null, null, null, null, null, null);
  }

  @Inject
  public ReadingContext(
      MeterModels models,
      ArchiveWriter writer,
      ProfileCatalog catalog,
      Cursors cursors,
      Gaps gaps,
      BillingSnapshots snapshots,
      MeterSettings settings,
      OperationQueue operations,
      OperationKinds kinds,
      Clock clock) {
    this.models = models;
    this.writer = writer;
    this.catalog = catalog;
    this.cursors = cursors;
    this.gaps = gaps;
    this.snapshots = snapshots;
    this.settings = settings;
    this.operations = operations;
    this.kinds = kinds;
    this.clock = clock;
  }

  MeterModels models() {
    return models;
  }

  ArchiveWriter writer() {
    return writer;
  }

  ProfileCatalog catalog() {
    return catalog;
  }

  Cursors cursors() {
    return cursors;
  }

  Gaps gaps() {
    return gaps;
  }

  BillingSnapshots snapshots() {
    return snapshots;
  }

  MeterSettings settings() {
    return settings;
  }

  OperationQueue operations() {
    return operations;
  }

  OperationKinds kinds() {
    return kinds;
  }

  Clock clock() {
    return clock;
  }

  /** Channels of the model that are sums of others, from its table {@code derived}. */
  List<ProfileCatalog.Sum> sums(String modelId) {
    return models.get(modelId).table("derived").stream()
        .map(
            row ->
                new ProfileCatalog.Sum(
                    ObisCode.of(row.get("obis")),
                    Stream.of(row.get("sum_of").strip().split("\\s+")).map(ObisCode::of).toList()))
        .toList();
  }
}
