package org.meterledger.simulators.dmed4;

import java.time.Instant;
import java.util.Objects;

/**
 * How a meter is built.
 *
 * @param serialNumber 1 to 4294967295
 * @param model decides model codes, rated current and whether exported energy is measured
 * @param node Modbus node, 1 to 247
 * @param seed decides the key pair and, with a plan, the charging
 * @param commissioned when all counters began, UTC
 * @param importedWh total imported energy then, in Wh
 * @param exportedWh total exported energy then, in Wh
 * @param ocmfCapacity signed records that the log holds, 1 to 65535; the oldest makes room
 * @param planned whether charging goes on by itself along a plan that the seed decides
 */
public record Dmed4Settings(
    long serialNumber,
    Dmed4Model model,
    int node,
    long seed,
    Instant commissioned,
    long importedWh,
    long exportedWh,
    int ocmfCapacity,
    boolean planned) {
  private static final int USUAL_CAPACITY = 1000;

  public Dmed4Settings {
    Objects.requireNonNull(model);
    Objects.requireNonNull(commissioned);
    within("serialNumber", serialNumber, 1, 0xFFFF_FFFFL);
    within("node", node, 1, 247);
    within("importedWh", importedWh, 0, Measurement.ROLL_OVER_WH - 1);
    within("exportedWh", exportedWh, 0, Measurement.ROLL_OVER_WH - 1);
    within("ocmfCapacity", ocmfCapacity, 1, 0xFFFF);
  }

  /** A new meter without a plan; its seed is its serial number, its log holds 1000 records. */
  public static Dmed4Settings of(
      long serialNumber, Dmed4Model model, int node, Instant commissioned) {
    return new Dmed4Settings(
        serialNumber, model, node, serialNumber, commissioned, 0, 0, USUAL_CAPACITY, false);
  }

  /** The same meter with other energies at commissioning. */
  public Dmed4Settings energies(long imported, long exported) {
    return new Dmed4Settings(
        serialNumber, model, node, seed, commissioned, imported, exported, ocmfCapacity, planned);
  }

  /** The same meter with a log of another size. */
  public Dmed4Settings capacity(int records) {
    return new Dmed4Settings(
        serialNumber, model, node, seed, commissioned, importedWh, exportedWh, records, planned);
  }

  /** The same meter, charging along the plan of a seed. */
  public Dmed4Settings planned(long planSeed) {
    return new Dmed4Settings(
        serialNumber,
        model,
        node,
        planSeed,
        commissioned,
        importedWh,
        exportedWh,
        ocmfCapacity,
        true);
  }

  private static void within(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is " + least + " to " + most + ": " + value);
    }
  }
}
