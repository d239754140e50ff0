package org.meterledger.simulators.dmed4;

/**
 * The meters with four wires; R measures energy in both directions, D only imported energy. The
 * number behind it is the rated current in A.
 */
public enum Dmed4Model {
  DMED404R1500(0x4A, 0),
  DMED404R0600(0x48, 1),
  DMED404R0400(0x47, 2),
  DMED404R0150(0x46, 3),
  DMED404D1500(0x4A, 4),
  DMED404D0600(0x48, 5),
  DMED404D0400(0x47, 6),
  DMED404D0150(0x46, 7);

  private final int identification;
  private final int modelCode;

  Dmed4Model(int identification, int modelCode) {
    this.identification = identification;
    this.modelCode = modelCode;
  }

  /** Model code in the answer to Modbus function 11; the same for R and D. */
  public int identification() {
    return identification;
  }

  /** {@code model_code} of the resource {@code system_status}, 0 to 7. */
  public int modelCode() {
    return modelCode;
  }

  /** Whether exported energy is measured. */
  public boolean isReversible() {
    return name().charAt(7) == 'R';
  }

  /** Rated current in A. */
  public int ratedAmperes() {
    return Integer.parseInt(name().substring(8));
  }
}
