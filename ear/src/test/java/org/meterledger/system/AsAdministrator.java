package org.meterledger.system;

import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RunAs;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.EnumSet;
import java.util.List;
import org.meterledger.access.AccessLevel;
import org.meterledger.access.CurrentCaller;
import org.meterledger.access.Permission;
import org.meterledger.access.Privileges;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.Meters;

/** Calls inside the server what only administrators may. */
@Stateless
@PermitAll
@RunAs(Permission.Names.MANAGE_METERS)
public class AsAdministrator {

  private static final Privileges EVERYTHING =
      new Privileges(
          List.of(new Privileges.Given(EnumSet.allOf(Permission.class), 1, AccessLevel.CONFIGURE)));

  @Inject private Meters meters;
  @Inject private CurrentCaller caller;

  public Meter add(MeterDetails details) {
    caller.is(1, "test", null, EVERYTHING);
    return meters.add(details);
  }
}
