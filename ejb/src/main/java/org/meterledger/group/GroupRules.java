package org.meterledger.group;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.server.Database;
import org.meterledger.server.InvalidInput;

/** The rules of groups, between words and rows. */
@ApplicationScoped
class GroupRules {

  private static final int LONGEST_LABEL = 40;

  private final Database database;
  private final MeterModels models;

  /** For the client proxy only. */
  protected GroupRules() {
    this(null, null);
  }

  @Inject
  GroupRules(Database database, MeterModels models) {
    this.database = database;
    this.models = models;
  }

  /** In the order in which they were made, without the meters that are picked by hand. */
  List<GroupRule> of(int groupId) {
    return database.query(
        """
        select r.kind, r.excluded,
               coalesce(m.serial_number, l.full_name, g.name, n.name, r.label, r.model, o.name)
                 as value
          from meter_group_rule r
          left join meter m on m.id = r.meter_id
          left join location l on l.id = r.location_id
          left join gateway g on g.id = r.gateway_id
          left join network n on n.id = r.network_id
          left join meter_group o on o.id = r.member_id
         where r.group_id = ? and (r.kind <> 'METER' or r.excluded) order by r.id""",
        row ->
            new GroupRule(
                RuleKind.valueOf(row.getString("kind")),
                row.getString("value"),
                row.getBoolean("excluded")),
        groupId);
  }

  /**
   * The group has these rules from now on; the meters that are picked by hand stay.
   *
   * @throws InvalidInput when a rule names what is not there, or the group would hold itself
   */
  void replace(int groupId, List<GroupRule> rules) {
    database.update(
        "delete from meter_group_rule where group_id = ? and (kind <> 'METER' or excluded)",
        groupId);
    for (int i = 0; i < rules.size(); i++) {
      insert(groupId, rules.get(i), "rules[" + i + "].value");
    }
    var cycle = Nesting.read(database).cycle(groupId);
    if (!cycle.isEmpty()) {
      throw new InvalidInput(
          "rules", "cycle", "The group would hold itself: " + names(cycle), names(cycle));
    }
  }

  private void insert(int groupId, GroupRule rule, String field) {
    var kind = rule.kind();
    if (kind.hasValue() != (rule.value() != null)) {
      throw kind.hasValue()
          ? new InvalidInput(field, "required", "A rule of kind " + kind + " needs a value")
          : new InvalidInput(field, "none", "A rule of kind " + kind + " has no value");
    }
    if (kind == RuleKind.METER && !rule.excluded()) {
      throw new InvalidInput(
          field, "picked", "Meters are picked among the members of the group, not by rules");
    }
    if (!kind.hasValue()) {
      database.update(
          "insert into meter_group_rule (group_id, kind, excluded) values (?, ?, ?)"
              + " on conflict do nothing",
          groupId,
          kind.name(),
          rule.excluded());
      return;
    }
    database.update(
        "insert into meter_group_rule (group_id, kind, excluded, "
            + kind.column()
            + ") values (?, ?, ?, ?) on conflict do nothing",
        groupId,
        kind.name(),
        rule.excluded(),
        row(rule)
            .orElseThrow(
                () -> new InvalidInput(field, "unknown", "No " + words(rule), rule.value())));
  }

  /** What stands in the column of the rule's kind; empty when there is no such thing. */
  private Optional<?> row(GroupRule rule) {
    return switch (rule.kind()) {
      case METER -> id("select id from meter where serial_number = ? and state <> 'REMOVED'", rule);
      case LOCATION -> id("select id from location where full_name = ?", rule);
      case GATEWAY -> id("select id from gateway where name = ?", rule);
      case NETWORK -> id("select id from network where name = ?", rule);
      case GROUP -> id("select id from meter_group where name = ?", rule);
      case MODEL -> models.find(rule.value()).map(model -> model.id());
      case LABEL -> Optional.of(rule.value()).filter(label -> label.length() <= LONGEST_LABEL);
      case ALL, WATCHED -> Optional.empty();
    };
  }

  private Optional<Integer> id(String sql, GroupRule rule) {
    return database.first(sql, row -> row.getInt(1), rule.value());
  }

  private static String words(GroupRule rule) {
    return rule.kind().name().toLowerCase(Locale.ROOT) + " " + rule.value();
  }

  private String names(List<Integer> groupIds) {
    return groupIds.stream()
        .map(
            id ->
                database
                    .first("select name from meter_group where id = ?", row -> row.getString(1), id)
                    .orElseThrow())
        .collect(Collectors.joining(" → "));
  }
}
