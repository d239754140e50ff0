package org.meterledger.web.operation;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.archive.PresentRegisters.PresentRegister;
import org.meterledger.meter.Meters;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.Quantity;
import org.meterledger.metering.Unit;
import org.meterledger.operation.MeterOperation;
import org.meterledger.operation.OperationList;
import org.meterledger.operation.OperationState;
import org.meterledger.operation.Operations;
import org.meterledger.reading.ReadingAttempts;
import org.meterledger.reading.ReadingAttempts.ReadingAttempt;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.meter.PresentTable;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Backs operations/view.xhtml. */
@Named
@ViewScoped
public class OperationPage implements Serializable {

  private static final long serialVersionUID = 1L;

  @Inject private Access access;
  @Inject private OperationList list;
  @Inject private Operations operations;
  @Inject private ReadingAttempts attempts;
  @Inject private Meters meters;
  @Inject private Texts texts;

  /** As a request has it, and so not what is shown once something is: a post may bring another. */
  private Long id;

  private MeterOperation operation;
  private List<MeterOperation> steps;
  private transient PresentTable table;

  /** Answers 404 where there is no such operation. */
  public void load() {
    operation = id == null ? null : list.find(access.sight(), id).orElse(null);
    table = null;
    if (operation == null) {
      Faces.responseSendError(HttpServletResponse.SC_NOT_FOUND, null);
      return;
    }
    steps =
        operation.bundleId() == null
            ? List.of()
            : list.bundle(access.sight(), operation.bundleId());
  }

  public void cancel() {
    if (operations.cancel(operation.id())) {
      Messages.addGlobalInfo(texts.get("operation.cancelled"));
    } else {
      Messages.addGlobalWarn(texts.get("operation.tooLate"));
    }
    load();
  }

  /** Whether it waits, so that it can be cancelled. */
  public boolean isCancellable() {
    return operation.state() == OperationState.AWAITING_APPROVAL
        || operation.state() == OperationState.QUEUED
        || operation.state() == OperationState.WAITING;
  }

  public MeterOperation getOperation() {
    return operation;
  }

  /** All of its bundle in their order; empty where it stands alone. */
  public List<MeterOperation> getSteps() {
    return steps;
  }

  /** What a device answered is for those who may set it up: it can tell more than its values. */
  public boolean isAnswersShown() {
    return meters
        .find(operation.serialNumber())
        .filter(meter -> access.may(Permission.MANAGE_METERS, meter.getId()))
        .isPresent();
  }

  public List<ReadingAttempt> getAttempts() {
    return attempts.ofOperation(operation.id());
  }

  /** The registers of the result; not filled where it has none. */
  public PresentTable getTable() {
    if (table == null) {
      var result = OperationWords.json(operation.result());
      table =
          new PresentTable(
              result.containsKey("registers")
                  ? result.getJsonArray("registers").getValuesAs(JsonObject.class).stream()
                      .map(this::register)
                      .toList()
                  : List.of());
    }
    return table;
  }

  private PresentRegister register(JsonObject told) {
    return new PresentRegister(
        ObisCode.of(told.getString("obis")),
        new Quantity(
            told.getJsonNumber("value").bigDecimalValue(), Unit.ofSymbol(told.getString("unit"))),
        told.containsKey("occurredAt") ? Instant.parse(told.getString("occurredAt")) : null,
        operation.endedAt() == null ? operation.startedAt() : operation.endedAt());
  }

  public Long getId() {
    return id;
  }

  public void setId(Long id) {
    this.id = id;
  }
}
