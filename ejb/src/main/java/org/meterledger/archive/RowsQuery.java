package org.meterledger.archive;

import java.util.List;
import org.meterledger.metering.Interval;

/**
 * Which rows of a profile, and what of them.
 *
 * @param interval rows whose capture period lies in it: end after {@code from}, at most {@code to}
 * @param channels at least one, of this profile
 */
public record RowsQuery(
    ProfileCatalog.Profile profile,
    List<ProfileCatalog.ArchivedChannel> channels,
    Interval interval,
    Values values) {
  public RowsQuery {
    channels = List.copyOf(channels);
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("No channel asked for");
    }
  }
}
