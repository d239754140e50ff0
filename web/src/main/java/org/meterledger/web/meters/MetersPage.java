package org.meterledger.web.meters;

import jakarta.annotation.PostConstruct;
import jakarta.faces.model.SelectItem;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.meterledger.group.MeterGroup;
import org.meterledger.group.MeterGroups;
import org.meterledger.meter.MeterFilter;
import org.meterledger.meter.MeterOrder;
import org.meterledger.meter.MeterRow;
import org.meterledger.meter.MeterRow.Condition;
import org.meterledger.meter.Meters;
import org.meterledger.web.layout.LazyRows;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Servlets;
import org.primefaces.PrimeFaces;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;

/** Backs meters/list.xhtml. */
@Named
@ViewScoped // a table asked for in part does not bring the parameters of the view again
public class MetersPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Meters meters;
  @Inject private MeterGroups groups;

  private String search;
  private String condition;
  private Integer group;
  private String sort;
  private String direction;
  private int first;
  private LazyRows<MeterRow> rows;

  @PostConstruct
  void begin() {
    rows = new LazyRows<>(this::fetch, this::count);
  }

  /** The only meter found is shown itself: people search for one. */
  public void load() {
    if (search != null && condition == null && group == null && meters.count(filter()) == 1) {
      var only = meters.list(filter(), MeterOrder.SERIAL_NUMBER, true, 0, 1).get(0);
      Faces.redirect(
          Faces.getRequestContextPath() + "/meter/load-profile.xhtml?serial=%s",
          only.serialNumber());
    }
  }

  private List<MeterRow> fetch(int from, int max, String by, boolean ascending) {
    sort = by;
    direction = ascending ? null : "desc";
    first = from;
    if (Faces.isAjaxRequest()) {
      PrimeFaces.current().ajax().addCallbackParam("query", query());
    }
    return meters.list(filter(), order(by), ascending, from, max);
  }

  private long count() {
    return meters.count(filter());
  }

  private static MeterOrder order(String name) {
    return Stream.of(MeterOrder.values())
        .filter(order -> order.name().equals(name))
        .findFirst()
        .orElse(MeterOrder.SERIAL_NUMBER);
  }

  private MeterFilter filter() {
    return new MeterFilter(
        search,
        null,
        Stream.of(Condition.values())
            .filter(each -> each.name().equals(condition))
            .findFirst()
            .orElse(null),
        group,
        null,
        null,
        null);
  }

  /** How the table is sorted when the page is opened. */
  public SortMeta getSortMeta() {
    return SortMeta.builder()
        .field(order(sort).name())
        .order("desc".equals(direction) ? SortOrder.DESCENDING : SortOrder.ASCENDING)
        .build();
  }

  /** The query that shows the same table again; a script puts it into the address. */
  private String query() {
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("search", search == null ? List.of() : List.of(search));
    parameters.put("condition", condition == null ? List.of() : List.of(condition));
    parameters.put("group", group == null ? List.of() : List.of(String.valueOf(group)));
    parameters.put("sort", sort == null ? List.of() : List.of(sort));
    parameters.put("direction", direction == null ? List.of() : List.of(direction));
    parameters.put("first", first == 0 ? List.of() : List.of(String.valueOf(first)));
    return Servlets.toQueryString(parameters);
  }

  /** Parameters of the API for all that the filter lets through. */
  public String getExport() {
    return filter(condition);
  }

  /**
   * Parameters of this page with another condition.
   *
   * @param other null for any
   */
  public String filtering(Condition other) {
    return filter(other == null ? null : other.name());
  }

  private String filter(String wanted) {
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("search", search == null ? List.of() : List.of(search));
    parameters.put("condition", wanted == null ? List.of() : List.of(wanted));
    parameters.put("group", group == null ? List.of() : List.of(String.valueOf(group)));
    return Servlets.toQueryString(parameters);
  }

  public Map<Condition, Long> getConditions() {
    return meters.conditions();
  }

  /** By which the list can be filtered; that of all meters would change nothing. */
  public List<SelectItem> getGroups() {
    return groups.choices().stream()
        .filter(group -> group.id() != MeterGroup.ALL)
        .map(group -> new SelectItem(group.id(), group.name()))
        .toList();
  }

  public LazyRows<MeterRow> getRows() {
    return rows;
  }

  public String getSearch() {
    return search;
  }

  public void setSearch(String search) {
    this.search = search == null || search.isBlank() ? null : search.strip();
  }

  public String getCondition() {
    return condition;
  }

  public void setCondition(String condition) {
    this.condition = condition == null ? null : condition.toUpperCase(Locale.ROOT);
  }

  public Integer getGroup() {
    return group;
  }

  public void setGroup(Integer group) {
    this.group = group;
  }

  public String getSort() {
    return sort;
  }

  public void setSort(String sort) {
    this.sort = sort;
  }

  public String getDirection() {
    return direction;
  }

  public void setDirection(String direction) {
    this.direction = direction;
  }

  public int getFirst() {
    return first;
  }

  public void setFirst(int first) {
    this.first = Math.max(0, first);
  }
}
