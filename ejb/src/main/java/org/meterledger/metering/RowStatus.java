package org.meterledger.metering;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a row of a load profile says of itself. The bits are those of the status byte that DLMS
 * meters keep in an AMR profile (OBIS 0-0:96.10.x); bit 4, free there, tells of changed parameters.
 * Bits 8 and 9 are the portal's own, of profiles that it makes by reading registers; rows that a
 * meter gave keep the meter's own status there.
 */
public enum RowStatus {
  CRITICAL_ERROR(0x01),
  CLOCK_INVALID(0x02),
  DATA_NOT_VALID(0x04),
  DAYLIGHT_SAVING(0x08),
  PARAMETERS_CHANGED(0x10),
  CLOCK_ADJUSTED(0x20),
  RECOVERED_VALUE(0x40),
  POWER_DOWN(0x80),
  /** The registers were read later after the period's end than they should have been. */
  READ_LATE(0x100),
  /** The registers do not go on from where they stood before: what they counted is not known. */
  REGISTERS_RESTARTED(0x200);

  private final int bit;

  RowStatus(int bit) {
    this.bit = bit;
  }

  public int bit() {
    return bit;
  }

  /** The flags set in {@code bits}; bits of no flag are ignored. */
  public static Set<RowStatus> of(int bits) {
    var set = EnumSet.noneOf(RowStatus.class);
    for (RowStatus status : values()) {
      if ((bits & status.bit) != 0) {
        set.add(status);
      }
    }
    return set;
  }
}
