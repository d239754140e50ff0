package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.DisplayTarget;
import org.meterledger.driver.DisplayTarget.Line;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterSession;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.OperationParameter.Type;
import org.meterledger.operation.Progress;

/**
 * Says what the display of a meter, or a remote display before it, shows. No device tells what it
 * shows, so nothing is read back: done is what the device has taken.
 */
@ApplicationScoped
public class ShowOnDisplay implements OperationKind {

  public static final String NAME = "SHOW_ON_DISPLAY";
  public static final String DISPLAY = "display";
  public static final String PAGE = "page";
  public static final String VIEWER_PAGE = "viewerPage";
  public static final String VIEWER_METER = "viewerMeter";
  public static final String TITLE = "title";
  public static final String TEXT = "text";

  private static final String ON = "ON";
  private static final String OFF = "OFF";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return DisplayTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    var target = unopened.as(DisplayTarget.class).orElseThrow();
    var parameters = new ArrayList<OperationParameter>();
    parameters.add(OperationParameter.choice(DISPLAY, false, List.of(ON, OFF)));
    parameters.add(number(PAGE, target.pages()));
    parameters.add(number(VIEWER_PAGE, target.viewerPages()));
    parameters.add(number(VIEWER_METER, target.viewerMeters()));
    for (int line = 1; line <= target.lines(); line++) {
      parameters.add(OperationParameter.text(TITLE + line, false, Line.LONGEST_TITLE));
      parameters.add(OperationParameter.text(TEXT + line, false, Line.LONGEST_TEXT));
    }
    return parameters;
  }

  private static OperationParameter number(String name, int most) {
    return new OperationParameter(name, Type.NUMBER, false, List.of(), 1, most);
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    var count = unopened.as(DisplayTarget.class).orElseThrow().lines();
    var lines = new TreeSet<>(parameters.keySet());
    lines.removeAll(Set.of(DISPLAY, PAGE, VIEWER_PAGE, VIEWER_METER));
    if (parameters.isEmpty()) {
      throw new InvalidOperation("parameters", "required", "What is to be shown is needed");
    }
    if (lines.isEmpty() == parameters.containsKey(VIEWER_METER)) {
      throw new InvalidOperation(
          "parameters." + VIEWER_METER,
          "required",
          "Lines and the meter that they are for go together");
    }
    for (int line = 1; line <= count; line++) {
      try {
        line(parameters, line);
      } catch (IllegalArgumentException e) {
        throw new InvalidOperation("parameters." + TEXT + line, "pattern", e.getMessage());
      }
    }
  }

  private static Line line(JsonObject parameters, int number) {
    return new Line(
        parameters.getString(TITLE + number, ""), parameters.getString(TEXT + number, ""));
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) {
    var progress = new Progress();
    var told = Json.createArrayBuilder();
    var target = meter.session().as(DisplayTarget.class).orElseThrow();
    if (parameters.containsKey(VIEWER_METER)) {
      var lines = new ArrayList<Line>();
      for (int line = 1; line <= target.lines(); line++) {
        lines.add(line(parameters, line));
      }
      if (taken(() -> target.showLines(parameters.getInt(VIEWER_METER), lines), progress)) {
        told.add(TEXT);
      }
    }
    if (parameters.containsKey(VIEWER_PAGE)
        && taken(() -> target.showViewerPage(parameters.getInt(VIEWER_PAGE)), progress)) {
      told.add(VIEWER_PAGE);
    }
    if (parameters.containsKey(PAGE) || parameters.containsKey(DISPLAY)) {
      var on = parameters.containsKey(DISPLAY) ? on(parameters) : null;
      var page = parameters.containsKey(PAGE) ? (Integer) parameters.getInt(PAGE) : null;
      if (taken(() -> target.showPage(on, page), progress)) {
        told.add(page == null ? DISPLAY : PAGE);
      }
    }
    return new Outcome(Json.createObjectBuilder().add("shown", told).build(), progress);
  }

  private static Boolean on(JsonObject parameters) {
    return parameters.getString(DISPLAY).equals(ON);
  }

  /** After a fault nothing more is sent. */
  private static boolean taken(Supplier<CommandResult> command, Progress progress) {
    if (progress.fault() != null) {
      return false;
    }
    var sent = command.get();
    if (sent instanceof CommandResult.Refused refused) {
      progress.fail(refused.fault());
      return false;
    }
    if (sent instanceof CommandResult.Unconfirmed lost) {
      progress.fail(
          new Fault(
              Fault.Kind.UNCONFIRMED,
              "Sent, but the answer was lost: " + lost.fault().detail(),
              lost.fault().answer()));
      return false;
    }
    progress.received(1, 0);
    return true;
  }
}
