package org.meterledger.web.operation;

import jakarta.annotation.PostConstruct;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.meterledger.access.Access;
import org.meterledger.operation.GroupProgress;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationFilter;
import org.meterledger.operation.OperationKinds;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationState;
import org.meterledger.operation.Operations;
import org.meterledger.web.layout.LazyRows;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Servlets;
import org.primefaces.PrimeFaces;

/** Backs operations.xhtml. */
@Named
@ViewScoped
public class OperationsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String LIVE = "LIVE";
  private static final String ENDED = "ENDED";
  private static final int NEWEST_REQUESTS = 3;

  @Inject private Access access;
  @Inject private OperationList list;
  @Inject private Operations operations;
  @Inject private OperationKinds operationKinds;

  private String meter;
  private String kind;
  private String state;
  private Long request;
  private int first;
  private transient List<GroupProgress> requests;
  private LazyRows<MeterOperation> rows;

  @PostConstruct
  void begin() {
    rows = new LazyRows<>(this::fetch, () -> list.count(access.sight(), filter()));
  }

  private List<MeterOperation> fetch(int from, int max, String sort, boolean ascending) {
    first = from;
    if (Faces.isAjaxRequest()) {
      PrimeFaces.current().ajax().addCallbackParam("query", query());
    }
    return list.rows(access.sight(), filter(), from, max);
  }

  private OperationFilter filter() {
    var one =
        Stream.of(OperationState.values()).filter(each -> each.name().equals(state)).findFirst();
    Boolean live = LIVE.equals(state) ? Boolean.TRUE : ENDED.equals(state) ? false : null;
    return new OperationFilter(meter, kind, one.orElse(null), live, request, null);
  }

  /** The query that shows the same table again; a script puts it into the address. */
  private String query() {
    var parameters = new LinkedHashMap<String, List<String>>();
    parameters.put("meter", meter == null ? List.of() : List.of(meter));
    parameters.put("kind", kind == null ? List.of() : List.of(kind));
    parameters.put("state", state == null ? List.of() : List.of(state));
    parameters.put("request", request == null ? List.of() : List.of(request.toString()));
    parameters.put("first", first == 0 ? List.of() : List.of(String.valueOf(first)));
    return Servlets.toQueryString(parameters);
  }

  public void cancelRest(long id) {
    operations.cancelGroup(id);
    renew();
  }

  /** Something was asked, or has ended. */
  public void renew() {
    requests = null;
  }

  /** How many that have not ended are in which state. */
  public Map<OperationState, Long> getLive() {
    return list.live(access.sight());
  }

  /** The newest requests to many meters, or the one that is looked at. */
  public List<GroupProgress> getRequests() {
    if (requests == null) {
      requests =
          request == null
              ? list.groups(access.sight(), 0, NEWEST_REQUESTS)
              : list.group(access.sight(), request).stream().toList();
    }
    return requests;
  }

  public List<String> getKinds() {
    return operationKinds.names();
  }

  /** What the filter offers: all that lives, all that ended, or one state. */
  public List<String> getStates() {
    var all = new ArrayList<>(List.of(LIVE, ENDED));
    Stream.of(OperationState.values()).map(Enum::name).forEach(all::add);
    return all;
  }

  public LazyRows<MeterOperation> getRows() {
    return rows;
  }

  public boolean isFiltered() {
    return !filter().equals(OperationFilter.ALL);
  }

  public String getMeter() {
    return meter;
  }

  public void setMeter(String meter) {
    this.meter = meter == null || meter.isBlank() ? null : meter.strip();
  }

  public String getKind() {
    return kind;
  }

  public void setKind(String kind) {
    this.kind = kind;
  }

  /** Name of a state, {@code LIVE} or {@code ENDED}; null for all. */
  public String getState() {
    return state;
  }

  public void setState(String state) {
    this.state = getStates().contains(state) ? state : null;
  }

  /** Id of a request to many meters; null for all. */
  public Long getRequest() {
    return request;
  }

  public void setRequest(Long request) {
    this.request = request;
  }

  public int getFirst() {
    return first;
  }

  public void setFirst(int first) {
    this.first = Math.max(0, first);
  }
}
