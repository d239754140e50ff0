package org.meterledger.group;

/** By what a rule of a group picks meters, and what its value then is. */
public enum RuleKind {
  /** No value. */
  ALL(null),
  /** No value. */
  WATCHED(null),
  /** A serial number. */
  METER("meter_id"),
  /** Names from the root of the tree, {@code Basel/Harbour}; with all below it. */
  LOCATION("location_id"),
  /** The name of a gateway. */
  GATEWAY("gateway_id"),
  /** The name of a network. */
  NETWORK("network_id"),
  LABEL("label"),
  /** The id of a device model. */
  MODEL("model"),
  /** The name of another group. */
  GROUP("member_id");

  private final String column;

  RuleKind(String column) {
    this.column = column;
  }

  /** Of {@code meter_group_rule}; null where the kind says all. */
  String column() {
    return column;
  }

  public boolean hasValue() {
    return column != null;
  }
}
