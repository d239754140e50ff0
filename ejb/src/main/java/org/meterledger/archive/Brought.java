package org.meterledger.archive;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.meterledger.driver.Finding;
import org.meterledger.metering.SnapshotKind;

/** What became of all that one delivery brought: of its rows, and of its snapshots. */
record Brought(Stored rows, Snapshots snapshots, List<Finding> charging) {

  /** What became of the snapshots of one delivery, kind by kind. */
  static final class Snapshots {

    private final Map<SnapshotKind, Stored> counts = new EnumMap<>(SnapshotKind.class);
    private final List<Finding> findings = new ArrayList<>();

    void fresh(SnapshotKind kind) {
      counts.merge(kind, new Stored(1, 0, kind), Stored::plus);
    }

    void superseded(SnapshotKind kind, Instant closedAt) {
      counts.merge(kind, new Stored(0, 1, kind), Stored::plus);
      var finding =
          kind == SnapshotKind.DEMAND
              ? Finding.Kind.DEMAND_SUPERSEDED
              : Finding.Kind.PREVIOUS_VALUES_SUPERSEDED;
      findings.add(new Finding(finding, Map.of("periodEnd", closedAt.toString())));
    }
  }

  /**
   * @param kind null for rows of load profiles
   */
  Stored of(SnapshotKind kind) {
    return kind == null ? rows : snapshots.counts.getOrDefault(kind, Stored.nothing(kind));
  }

  List<Finding> findings() {
    var all = new ArrayList<>(snapshots.findings);
    all.addAll(charging);
    return all;
  }
}
