package org.meterledger.network;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.Fault;
import org.meterledger.driver.MeterScan;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OpenMeter;
import org.meterledger.operation.OperationKind;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Has a gateway look for meters, and tells how far it is until it has ended. The gateway is asked
 * again and again, so that a scan that goes on without us is seen to its end.
 */
@ApplicationScoped
public class ScanMeters implements OperationKind {

  public static final String NAME = "SCAN_METERS";

  private static final Duration PAUSE = Duration.ofSeconds(3);

  /** Questions in a row that may stay without an answer, as while a gateway starts anew. */
  private static final int MOST_UNANSWERED = 20;

  /** The whole of a bus at its slowest ends within this. */
  private static final Duration LONGEST = Duration.ofHours(2);

  private final GatewayScanLog log;
  private final Clock clock;
  private final Duration pause;

  /** For the client proxy only. */
  protected ScanMeters() {
    this(null, null, null);
  }

  @Inject
  public ScanMeters(GatewayScanLog log, Clock clock) {
    this(log, clock, PAUSE);
  }

  ScanMeters(GatewayScanLog log, Clock clock, Duration pause) {
    this.log = log;
    this.clock = clock;
    this.pause = pause;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return MeterScan.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(OperationParameter.object(ScanParameters.BUSES, true));
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    var wanted = ScanParameters.read(parameters);
    try {
      unopened.as(MeterScan.class).orElseThrow().check(wanted);
    } catch (IllegalArgumentException broken) {
      throw new InvalidOperation(
          "parameters." + ScanParameters.BUSES, "limit", broken.getMessage());
    }
  }

  /** Another one may be under way by then, and the first may have been begun. */
  @Override
  public boolean repeatable() {
    return false;
  }

  @Override
  public Outcome run(OpenMeter meter, JsonObject parameters) throws InterruptedException {
    var progress = new Progress();
    var scan = meter.session().as(MeterScan.class).orElseThrow();
    var begun = clock.instant();
    long number = begun.getEpochSecond();
    var started = scan.start(number, ScanParameters.read(parameters));
    var fault = begun(scan, started);
    if (fault != null) {
      progress.fail(fault);
      return new Outcome(JsonObject.EMPTY_JSON_OBJECT, progress);
    }
    var last = new GatewayScan(number, begun, begun, GatewayScan.State.RUNNING, List.of());
    log.write(meter.id(), last);
    last = follow(meter, scan, last, progress);
    log.write(meter.id(), last);
    int found = Math.toIntExact(last.ofThisScan());
    if (found > 0) {
      progress.received(found, 0);
    }
    return new Outcome(told(last), progress);
  }

  /** Why it has not begun; null when it has. */
  private static Fault begun(MeterScan scan, CommandResult started) {
    if (started instanceof CommandResult.Refused refused) {
      // the gateway does not say why
      return running(scan)
          ? new Fault(
              Fault.Kind.BUSY,
              "The gateway scans already: " + refused.fault().detail(),
              refused.fault().answer())
          : refused.fault();
    }
    if (started instanceof CommandResult.Unconfirmed unconfirmed) {
      return running(scan) ? null : unconfirmed.fault();
    }
    return null;
  }

  private static boolean running(MeterScan scan) {
    return scan.state() instanceof ReadResult.Complete<MeterScan.State> told
        && !told.value().complete();
  }

  private GatewayScan follow(OpenMeter meter, MeterScan scan, GatewayScan begun, Progress progress)
      throws InterruptedException {
    var last = begun;
    int unanswered = 0;
    var end = clock.instant().plus(LONGEST);
    while (true) {
      var told = scan.state();
      if (told instanceof ReadResult.Complete<MeterScan.State> complete) {
        unanswered = 0;
        var state = progress.value(told);
        last = told(begun, state, clock.instant());
        if (complete.value().complete()) {
          return last;
        }
      } else {
        var fault = told.fold(all -> null, part -> part.fault(), failed -> failed.fault());
        unanswered++;
        if (!fault.kind().retryable() || unanswered > MOST_UNANSWERED) {
          progress.fail(fault);
          return last.brokenOff();
        }
      }
      if (clock.instant().isAfter(end)) {
        progress.fail(new Fault(Fault.Kind.TIMEOUT, "The gateway scans for over two hours"));
        return last.brokenOff();
      }
      log.write(meter.id(), last);
      keepLease(meter);
      Thread.sleep(pause.toMillis());
    }
  }

  private static GatewayScan told(GatewayScan begun, MeterScan.State state, Instant now) {
    return new GatewayScan(
        begun.number(),
        begun.startedAt(),
        now,
        state.complete() ? GatewayScan.State.COMPLETE : GatewayScan.State.RUNNING,
        state.meters());
  }

  /** A scan outlasts a lease. */
  private static void keepLease(OpenMeter meter) throws InterruptedException {
    try {
      meter.submit().get();
    } catch (ExecutionException e) {
      // the archive has told the log; the lease lasts a while without it
      return;
    }
  }

  private static JsonObject told(GatewayScan scan) {
    return Json.createObjectBuilder()
        .add("complete", scan.state() == GatewayScan.State.COMPLETE)
        .add("found", scan.ofThisScan())
        .add(
            "meters",
            scan.found().stream()
                .filter(each -> each.scan() == scan.number())
                .map(each -> each.serialNumber())
                .collect(Collectors.joining(", ")))
        .build();
  }
}
