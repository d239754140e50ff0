package org.meterledger.web.network;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.network.GatewayList;
import org.meterledger.network.GatewayRow;
import org.meterledger.web.layout.LazyRows;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Servlets;
import org.primefaces.PrimeFaces;
import org.primefaces.model.SortMeta;
import org.primefaces.model.SortOrder;

/** Backs gateways.xhtml. */
@Named
@ViewScoped // a table asked for in part does not bring the parameters of the view again
public class GatewayListPage implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int SHORT = 8;

  @Inject private GatewayList list;
  @Inject private MeterModels models;

  private String search;
  private String sort;
  private String direction;
  private int first;
  private LazyRows<GatewayRow> rows;

  @PostConstruct
  void begin() {
    rows = new LazyRows<>(this::fetch, this::count);
  }

  private List<GatewayRow> fetch(int from, int max, String by, boolean ascending) {
    sort = by;
    direction = ascending ? null : "desc";
    first = from;
    if (Faces.isAjaxRequest()) {
      PrimeFaces.current().ajax().addCallbackParam("query", query());
    }
    return list.rows(search, order(by), ascending, from, max);
  }

  private long count() {
    return list.count(search);
  }

  private static GatewayRow.Order order(String name) {
    return Stream.of(GatewayRow.Order.values())
        .filter(order -> order.name().equals(name))
        .findFirst()
        .orElse(GatewayRow.Order.NAME);
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
    parameters.put("sort", sort == null ? List.of() : List.of(sort));
    parameters.put("direction", direction == null ? List.of() : List.of(direction));
    parameters.put("first", first == 0 ? List.of() : List.of(String.valueOf(first)));
    return Servlets.toQueryString(parameters);
  }

  /** A model in words; empty for none. */
  public String model(String id) {
    return models
        .find(id == null ? "" : id)
        .map(model -> model.manufacturer() + " " + model.name())
        .orElse("");
  }

  /** The beginning of a fingerprint, enough to tell two apart. */
  public String fingerprint(String certificate) {
    return certificate == null ? "" : certificate.substring(0, SHORT);
  }

  public LazyRows<GatewayRow> getRows() {
    return rows;
  }

  public String getSearch() {
    return search;
  }

  public void setSearch(String search) {
    this.search = search == null || search.isBlank() ? null : search.strip();
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
