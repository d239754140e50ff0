package org.meterledger.web.operation;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.meterledger.access.Access;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationFilter;
import org.meterledger.operation.OperationList;
import org.meterledger.web.layout.LazyRows;
import org.meterledger.web.meter.CurrentMeter;

/** Backs meter/operations.xhtml. */
@Named
@RequestScoped
public class MeterOperationsPage {

  @Inject private Access access;
  @Inject private OperationList list;
  @Inject private CurrentMeter currentMeter;

  private final LazyRows<MeterOperation> rows = new LazyRows<>(this::fetch, this::count);

  private List<MeterOperation> fetch(int first, int max, String sort, boolean ascending) {
    return list.rows(access.sight(), filter(), first, max);
  }

  private long count() {
    return list.count(access.sight(), filter());
  }

  private OperationFilter filter() {
    return OperationFilter.ofMeter(currentMeter.getSerial());
  }

  public LazyRows<MeterOperation> getRows() {
    return rows;
  }
}
