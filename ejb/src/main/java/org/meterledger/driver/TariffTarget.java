package org.meterledger.driver;

import java.time.Instant;
import org.meterledger.metering.ActivityCalendar;

/** Writes the PASSIVE calendar and activates it; the active one is only ever read. */
public non-sealed interface TariffTarget extends Capability {

  /** How much of each the meter keeps; the name's length is in characters. */
  record Limits(
      int seasons, int weeks, int days, int actionsPerDay, int specialDays, int nameLength) {}

  Limits limits();

  ReadResult<ActivityCalendar> readActiveCalendar();

  CommandResult writePassiveCalendar(ActivityCalendar calendar, Instant activateAt);
}
