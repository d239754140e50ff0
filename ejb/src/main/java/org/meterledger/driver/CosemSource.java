package org.meterledger.driver;

import java.util.List;
import org.meterledger.metering.ObisCode;

/** Reads attributes of COSEM objects (IEC 62056-6-2) just as the meter holds them. */
public non-sealed interface CosemSource extends Capability {

  /**
   * @param index from 1, as its interface class numbers it
   * @param value as the meter gives it; empty for none, a structure as JSON
   */
  record Attribute(int index, String value) {}

  /**
   * In the order in which they were asked for; UNSUPPORTED where the meter has no such object, or
   * reads none of that class.
   */
  ReadResult<List<Attribute>> readAttributes(
      int classId, ObisCode logicalName, List<Integer> attributes);
}
