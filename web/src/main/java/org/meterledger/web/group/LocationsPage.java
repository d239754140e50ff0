package org.meterledger.web.group;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.group.Location;
import org.meterledger.group.LocationDetails;
import org.meterledger.group.Locations;
import org.meterledger.server.NotThere;
import org.meterledger.web.layout.Refusals;
import org.omnifaces.util.Faces;

/** Backs locations.xhtml. */
@Named
@ViewScoped
public class LocationsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Locations locations;
  @Inject private Refusals refusals;

  private Integer id;
  private int version;
  private LocationDetails details = new LocationDetails();

  public void load() {
    if (id == null) {
      return;
    }
    try {
      var shown = locations.get(id);
      version = shown.version();
      details = shown.details();
    } catch (NotThere gone) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
    }
  }

  public void save() {
    finish(
        () -> {
          if (id == null) {
            locations.add(details);
          } else {
            locations.change(id, version, details);
          }
        });
  }

  public void remove() {
    finish(() -> locations.remove(id));
  }

  private void finish(Runnable work) {
    if (refusals.done(work)) {
      Faces.redirect(Faces.getRequestContextPath() + "/locations.xhtml");
    }
  }

  public List<Location> getAll() {
    return locations.all();
  }

  /** Where a place may be: in any other, or in none. */
  public List<SelectItem> getParents() {
    return Stream.concat(
            Stream.of(new SelectItem("", "–")),
            locations.all().stream().map(place -> new SelectItem(place.fullName())))
        .toList();
  }

  public LocationDetails getDetails() {
    return details;
  }

  public Integer getId() {
    return id;
  }

  public void setId(Integer id) {
    this.id = id;
  }
}
