package org.meterledger.web.meter;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.MeterRow;
import org.meterledger.meter.Meters;
import org.meterledger.operation.OperationKinds;
import org.meterledger.reading.ReadChargingRecords;
import org.meterledger.reading.ReadDemand;
import org.meterledger.reading.ReadPreviousValues;
import org.omnifaces.util.Faces;

/** The meter that the pages below meter/ are about. */
@Named
@ViewScoped
public class CurrentMeter implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final List<String> TABS =
      List.of(
          "now",
          "load-profile",
          "previous-values",
          "demand",
          "charging",
          "events",
          "readings",
          "operations",
          "settings");

  /** What a model must offer, so that there is something to be seen. */
  private static final Map<String, String> NEEDS =
      Map.of(
          "previous-values", ReadPreviousValues.NAME,
          "demand", ReadDemand.NAME,
          "charging", ReadChargingRecords.NAME);

  @Inject private Meters meters;
  @Inject private OperationKinds kinds;
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

  /** The pages that the model has something for, in their order, by the ends of their addresses. */
  public List<String> getTabs() {
    if (row == null) {
      return List.of();
    }
    var offered = kinds.offers(row.model()).stream().map(OperationKinds.Offer::kind).toList();
    return TABS.stream()
        .filter(tab -> !NEEDS.containsKey(tab) || offered.contains(NEEDS.get(tab)))
        .toList();
  }

  public MeterModel getModel() {
    return models.get(row.model());
  }
}
