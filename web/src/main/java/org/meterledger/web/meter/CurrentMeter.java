package org.meterledger.web.meter;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.ZoneId;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterRow;
import org.meterledger.meter.Meters;
import org.omnifaces.util.Faces;

/** The meter that the pages below meter/ are about. */
@Named
@ViewScoped
public class CurrentMeter implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Meters meters;
  @Inject private MeterModels models;
  @Inject private Access access;

  private String serial;
  private MeterRow row;

  /** Answers 404 where there is no such meter. */
  public void load() {
    row = serial == null ? null : meters.row(serial).orElse(null);
    if (row == null) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
    }
  }

  public String getSerial() {
    return serial;
  }

  public void setSerial(String serial) {
    this.serial = serial;
  }

  /** Whether the caller has a permission for this meter. */
  public boolean may(Permission permission) {
    return access.may(permission, row.id());
  }

  /** As it was when the page was opened or {@link #load() loaded} anew. */
  public MeterRow getRow() {
    return row;
  }

  public int getId() {
    return row.id();
  }

  public ZoneId getZone() {
    return ZoneId.of(row.timeZone());
  }

  public MeterModel getModel() {
    return models.get(row.model());
  }
}
