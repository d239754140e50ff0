package org.meterledger.system;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.Meters;
import org.meterledger.user.Role;

/** Calls inside the server what only administrators may. */
@Stateless
@PermitAll
@RunAs(Role.Names.ADMINISTRATOR)
public class AsAdministrator {

  @Inject private Meters meters;

  public Meter add(MeterDetails details) {
    return meters.add(details);
  }
}
