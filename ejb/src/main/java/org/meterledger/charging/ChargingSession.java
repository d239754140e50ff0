package org.meterledger.charging;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A charging session as the records of a meter tell it.
 *
 * @param records in their order, at least one; the same text is not in it twice
 * @param begin the first reading of the begin; null where that record is missing
 * @param end the first reading of the end; null while the session lasts, or where that record is
 *     missing
 * @param energies by register, in the order of the first record that tells them
 * @param findings in the order of the records; empty where there is nothing to tell
 */
public record ChargingSession(
    List<SessionRecord> records,
    OcmfReading begin,
    OcmfReading end,
    List<SessionEnergy> energies,
    List<SessionFinding> findings) {

  public ChargingSession {
    records = List.copyOf(records);
    energies = List.copyOf(energies);
    findings = List.copyOf(findings);
  }

  /** The pagination of its first record, by which it is called; a dash where that has none. */
  public String number() {
    return records.get(0).number();
  }

  public boolean ended() {
    return end != null;
  }

  /** The energy from the grid: of a total register, else of one that counts the session. */
  public Optional<SessionEnergy> importEnergy() {
    return energy(true);
  }

  /** The energy to the grid: of a total register, else of one that counts the session. */
  public Optional<SessionEnergy> exportEnergy() {
    return energy(false);
  }

  private Optional<SessionEnergy> energy(boolean imported) {
    return energies.stream()
        .filter(each -> each.register().imported() == imported)
        .min(Comparator.comparing(each -> each.register().ofSession()));
  }

  /** Who charged: the last that a record tells; empty where none does. */
  public Optional<OcmfRecord.Identification> identification() {
    return records.stream()
        .map(each -> each.record().identification())
        .filter(each -> each.data() != null && !each.data().isBlank())
        .reduce((first, last) -> last);
  }

  /** The worst of its records. */
  public Verdict.Result result() {
    return records.stream()
        .map(each -> each.verdict().result())
        .max(Comparator.naturalOrder())
        .orElseThrow();
  }
}
