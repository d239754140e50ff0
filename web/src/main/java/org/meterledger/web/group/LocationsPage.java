package org.meterledger.web.group;

import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.group.Location;
import org.meterledger.group.LocationDetails;
import org.meterledger.group.Locations;
import org.meterledger.web.layout.DetailsForm;

/** Backs locations.xhtml. */
@Named
@ViewScoped
public class LocationsPage extends DetailsForm<LocationDetails> {

  private static final long serialVersionUID = 1L;

  @Inject private Locations locations;

  public LocationsPage() {
    super("/locations.xhtml", new LocationDetails());
  }

  @Override
  protected void find(int id) {
    var found = locations.get(id);
    show(found.version(), found.details());
  }

  @Override
  protected int add(LocationDetails details) {
    return locations.add(details).id();
  }

  @Override
  protected void change(int id, int version, LocationDetails details) {
    locations.change(id, version, details);
  }

  @Override
  protected void drop(int id) {
    locations.remove(id);
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
}
