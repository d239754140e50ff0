package org.meterledger.web.meters;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.meterledger.access.Permission;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.meter.ConnectionTest;
import org.meterledger.meter.Meter;
import org.meterledger.meter.MeterDetails;
import org.meterledger.meter.MeterPlaces;
import org.meterledger.meter.Meters;
import org.meterledger.server.ChangedMeanwhile;
import org.meterledger.server.InvalidInput;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs meters/edit.xhtml, for a new meter and for one that is there. */
@Named
@ViewScoped
public class EditMeterPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Meters meters;
  @Inject private MeterPlaces places;
  @Inject private MeterModels models;
  @Inject private ConnectionTest connectionTest;
  @Inject private Caller caller;
  @Inject private Texts texts;

  private String serial;
  private int version;
  private MeterDetails details;
  private transient ConnectionTest.Found found;

  /** Answers 404 where there is no such meter. */
  public void load() {
    if (serial == null) {
      details = new MeterDetails();
      details.setTimeZone(ZoneId.systemDefault().getId());
      return;
    }
    meters
        .find(serial)
        .ifPresentOrElse(
            meter -> {
              details = meters.details(meter);
              version = meter.getVersion();
            },
            () -> Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null));
  }

  /** Calls the meter; its serial number goes into the form of a new one. */
  public void test() {
    found =
        connectionTest.test(
            details.getModel(),
            details.getSerialNumber(),
            details.getAddress(),
            details.getUserName(),
            details.getPassword());
    if (isNew() && found.isSuccessful()) {
      details.setSerialNumber(found.getIdentification().serialNumber());
    }
  }

  public void save() {
    try {
      var meter = isNew() ? meters.add(details) : meters.update(serial, version, details);
      Faces.redirect(
          Faces.getRequestContextPath() + "/meter/readings.xhtml?serial=%s",
          meter.getSerialNumber());
    } catch (InvalidInput broken) {
      Messages.addError(
          "edit:" + broken.field(), texts.of("invalid", broken.field() + "." + broken.rule()));
      Faces.validationFailed();
    } catch (ChangedMeanwhile changed) {
      Messages.addGlobalError(texts.get("edit.changed"));
    }
  }

  public boolean isNew() {
    return serial == null;
  }

  /** Whether the meter that answered is another than the one of the form. */
  public boolean isOther() {
    return found != null
        && found.isSuccessful()
        && !found.getIdentification().serialNumber().equals(details.getSerialNumber());
  }

  /** Of the last test; null before. */
  public ConnectionTest.Found getFound() {
    return found;
  }

  public List<SelectItem> getModels() {
    return (isNew() ? models.direct() : models.all())
        .stream()
            .map(model -> new SelectItem(model.id(), model.manufacturer() + " " + model.name()))
            .toList();
  }

  public List<SelectItem> getStates() {
    return List.of(
        new SelectItem(Meter.State.ACTIVE, texts.get("state.ACTIVE")),
        new SelectItem(Meter.State.PAUSED, texts.get("state.PAUSED")));
  }

  public TreeSet<String> getZones() {
    return new TreeSet<>(ZoneId.getAvailableZoneIds());
  }

  public List<String> getNetworks() {
    return all() ? places.networks() : List.of(details.getNetwork());
  }

  public List<SelectItem> getGateways() {
    return orNone(all() ? places.gateways() : known(details.getGateway()));
  }

  public List<SelectItem> getLocations() {
    return orNone(all() ? places.locations() : known(details.getLocation()));
  }

  /** Who manages some meters only does not place them, and learns of no other places. */
  private boolean all() {
    return caller.mayEverywhere(Permission.MANAGE_METERS);
  }

  private static List<String> known(String name) {
    return name == null ? List.of() : List.of(name);
  }

  private static List<SelectItem> orNone(List<String> names) {
    return Stream.concat(Stream.of(new SelectItem("", "–")), names.stream().map(SelectItem::new))
        .toList();
  }

  public MeterDetails getDetails() {
    return details;
  }

  public String getSerial() {
    return serial;
  }

  public void setSerial(String serial) {
    this.serial = serial;
  }
}
