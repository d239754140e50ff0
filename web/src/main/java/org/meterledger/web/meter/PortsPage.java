package org.meterledger.web.meter;

import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.meterledger.access.Permission;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationRequest;
import org.meterledger.operation.Operations;
import org.meterledger.reading.ReadPorts;
import org.meterledger.reading.ResetInput;
import org.meterledger.reading.SwitchOutput;
import org.meterledger.web.layout.Texts;
import org.meterledger.web.security.Caller;
import org.omnifaces.util.Faces;
import org.omnifaces.util.Messages;

/** Asks for what is done with inputs and outputs: once more when somebody has said yes. */
@Named
@ViewScoped
public class PortsPage implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Before what is merely usual: a person waits for it. */
  private static final int PRIORITY = 7;

  /** What nobody waits for any more is not switched. */
  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @Inject private Operations operations;
  @Inject private CurrentMeter currentMeter;
  @Inject private Caller caller;
  @Inject private Texts texts;
  @Inject private Clock clock;

  private String kind;
  private int port;
  private String choice;

  /** Asks whether this is meant. */
  public void chooseState(int number, boolean on) {
    choose(SwitchOutput.NAME, number, on ? SwitchOutput.ON : SwitchOutput.OFF);
  }

  /** Asks whether this is meant. */
  public void chooseReset(int number) {
    choose(ResetInput.NAME, number, ResetInput.BOTH);
  }

  private void choose(String what, int number, String how) {
    kind = what;
    port = number;
    choice = how;
  }

  public void leave() {
    kind = null;
  }

  /** Queues what was chosen, and shows it. */
  public void confirm() {
    boolean switching = kind.equals(SwitchOutput.NAME);
    submit(
        kind,
        Json.createObjectBuilder()
            .add(switching ? SwitchOutput.OUTPUT : ResetInput.INPUT, port)
            .add(switching ? SwitchOutput.STATE : ResetInput.WHAT, choice)
            .build());
  }

  public void read() {
    submit(ReadPorts.NAME, JsonValue.EMPTY_JSON_OBJECT);
  }

  private void submit(String what, JsonObject parameters) {
    var request =
        new OperationRequest(
            what,
            parameters,
            List.of(),
            PRIORITY,
            null,
            clock.instant().plus(PATIENCE),
            true,
            true,
            null);
    try {
      var ids = operations.submit(currentMeter.getSerial(), request, caller.getName(), null);
      Faces.redirect(Faces.getRequestContextPath() + "/operations/view.xhtml?id=%s", ids.get(0));
    } catch (InvalidOperation broken) {
      Messages.addGlobalError(texts.of("invalidOperation", broken.field() + "." + broken.rule()));
    }
  }

  public boolean isAllowed() {
    return currentMeter.may(Permission.OPERATE);
  }

  /** What is to be confirmed; null for nothing. */
  public String getKind() {
    return kind;
  }

  public int getPort() {
    return port;
  }

  public String getChoice() {
    return choice;
  }
}
