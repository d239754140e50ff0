package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.archive.ArchiveWriter;
import org.meterledger.archive.Cursors;
import org.meterledger.archive.ProfileCatalog;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterSettings;
import org.meterledger.metering.ObisCode;

/** What every session needs besides its meter. */
@ApplicationScoped
public class ReadingContext {

  private final MeterModels models;
  private final ArchiveWriter writer;
  private final ProfileCatalog catalog;
  private final Cursors cursors;
  private final MeterSettings settings;
  private final Clock clock;

  /** For the client proxy only. */
  protected ReadingContext() {
    this(null, null, null, null, null, null);
  }

  @Inject
  public ReadingContext(
      MeterModels models,
      ArchiveWriter writer,
      ProfileCatalog catalog,
      Cursors cursors,
      MeterSettings settings,
      Clock clock) {
    this.models = models;
    this.writer = writer;
    this.catalog = catalog;
    this.cursors = cursors;
    this.settings = settings;
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

  MeterSettings settings() {
    return settings;
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
