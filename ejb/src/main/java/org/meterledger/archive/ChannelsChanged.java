package org.meterledger.archive;

import org.meterledger.metering.ObisCode;

/** A meter delivers other channels under a profile's code than the archive holds for it. */
public class ChannelsChanged extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChannelsChanged(ObisCode profile) {
    super("Profile " + profile + " has other channels than the archive holds");
  }
}
