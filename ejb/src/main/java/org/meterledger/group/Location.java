package org.meterledger.group;

/**
 * A place in the tree of places.
 *
 * @param parent full name of the place it is in; null at the root
 * @param fullName names from the root to this one, {@code Basel/Harbour}
 * @param depth 1 at the root
 * @param version counts the changes
 */
public record Location(
    int id, String parent, String name, String fullName, int depth, int version) {

  public LocationDetails details() {
    var details = new LocationDetails();
    details.setName(name);
    details.setParent(parent);
    return details;
  }
}
