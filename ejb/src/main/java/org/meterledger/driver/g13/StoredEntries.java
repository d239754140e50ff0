package org.meterledger.driver.g13;

import java.util.Set;
import java.util.function.Supplier;
import org.meterledger.driver.ClearTarget;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.SettingsPart.Kept;

/** Erases what a meter has stored (N72, N76, N80). */
final class StoredEntries implements ClearTarget {

  private final Supplier<ReadResult<G13Meter>> meter;
  private final Set<Integer> intervals;

  /**
   * @param meter asked only when it is called
   * @param intervals in seconds of the load profiles that are read
   */
  StoredEntries(Supplier<ReadResult<G13Meter>> meter, Set<Integer> intervals) {
    this.meter = meter;
    this.intervals = Set.copyOf(intervals);
  }

  @Override
  public Set<Kept> clearable() {
    return Set.of(Kept.LOAD_PROFILES, Kept.PREVIOUS_VALUES, Kept.DEMAND);
  }

  @Override
  public CommandResult clear(Kept what) {
    return Results.command(
        meter.get(),
        found -> {
          switch (what) {
            case LOAD_PROFILES:
              return clearProfiles(found);
            case PREVIOUS_VALUES:
              return found.previousValues().clear();
            case DEMAND:
              return found.demand().clear();
            default:
              throw new IllegalArgumentException("A meter cannot erase " + what);
          }
        });
  }

  /** Not where a channel captures what nobody has read: that would be lost. */
  private CommandResult clearProfiles(G13Meter found) {
    return Results.command(
        found.loadProfiles().configuration(),
        configuration ->
            configuration.channels().stream()
                .filter(LoadProfileConfiguration.Channel::used)
                .map(LoadProfileConfiguration.Channel::intervalSeconds)
                .filter(interval -> !intervals.contains(interval))
                .findFirst()
                .<CommandResult>map(
                    interval ->
                        new CommandResult.Refused(
                            new Fault(
                                Kind.UNSUPPORTED,
                                "What is captured each %d s is in no load profile that is read"
                                        .formatted(interval)
                                    + ", so nothing was erased")))
                .orElseGet(() -> found.loadProfiles().clearAll()));
  }
}
