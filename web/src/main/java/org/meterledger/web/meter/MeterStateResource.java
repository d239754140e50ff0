package org.meterledger.web.meter;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.archive.PresentRegisters;
import org.meterledger.archive.PresentRegisters.PresentRegister;
import org.meterledger.meter.MeterSettings;
import org.meterledger.meter.Meters;
import org.meterledger.reading.ReadingAttempts;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;
import org.meterledger.web.api.IsoTimes;
import org.meterledger.web.api.Page;
import org.meterledger.web.api.Refused;

/** How a meter is doing: contact, present values, attempts, settings. */
@Path("meters/{serial}")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Meter state")
public class MeterStateResource {

  @Inject private Exports exports;
  @Inject private Meters meters;
  @Inject private PresentRegisters registers;
  @Inject private ReadingAttempts attempts;
  @Inject private Access access;
  @Inject private MeterSettings settings;

  @PathParam("serial")
  private String serial;

  /** A present value; occurredAt is when a minimum or maximum was. */
  public record RegisterView(
      String obis, BigDecimal value, String unit, Instant occurredAt, Instant readAt) {}

  /** How the last contacts went; what never happened is null. */
  public record Status(
      boolean passwordSet,
      Instant createdAt,
      Instant updatedAt,
      Instant lastAttemptAt,
      Instant lastContactAt,
      Instant lastReadingAt,
      String fault,
      String faultDetail,
      int failures,
      BigDecimal clockDriftSeconds,
      String firmware) {}

  /** An attempt to read; answer only for who may manage the meter. */
  public record AttemptView(
      String kind,
      String operation,
      Instant startedAt,
      Instant endedAt,
      String node,
      String result,
      String fault,
      String detail,
      String answer,
      int received,
      int stored,
      int superseded,
      int refused) {}

  @GET
  @Path("registers")
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "Present values as last read")
  public List<RegisterView> registers() {
    return registers.of(meters.get(serial).getId()).stream()
        .map(
            each ->
                new RegisterView(
                    each.obis().toString(),
                    each.quantity().value(),
                    each.quantity().unit().symbol(),
                    each.occurredAt(),
                    each.readAt()))
        .toList();
  }

  @GET
  @Path("registers")
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "The same as a table")
  public Response registersTable() {
    var meter = meters.get(serial);
    var times = new IsoTimes(meter.getTimeZone());
    return exports.csv(
        meter,
        "registers",
        out -> {
          var printer = Csv.printer(out);
          printer.printRecord("register", "value", "unit", "occurred_at", "read_at");
          for (PresentRegister each : registers.of(meter.getId())) {
            printer.printRecord(
                each.obis(),
                each.quantity().value().toPlainString(),
                each.quantity().unit().symbol(),
                each.occurredAt() == null ? null : times.format(each.occurredAt()),
                times.format(each.readAt()));
          }
          printer.flush();
        });
  }

  @GET
  @Path("status")
  @Operation(summary = "How the last contacts went")
  public Status status() {
    var meter = meters.get(serial);
    var contact = meters.contact(meter);
    if (contact == null) {
      return new Status(
          meter.isPasswordSet(),
          meter.getCreatedAt(),
          meter.getUpdatedAt(),
          null,
          null,
          null,
          null,
          null,
          0,
          null,
          null);
    }
    return new Status(
        meter.isPasswordSet(),
        meter.getCreatedAt(),
        meter.getUpdatedAt(),
        contact.getLastAttemptAt(),
        contact.getLastContactAt(),
        contact.getLastReadingAt(),
        contact.getFault(),
        contact.getFaultDetail(),
        contact.getFailures(),
        seconds(contact.getClockDrift()),
        contact.getFirmware());
  }

  private static BigDecimal seconds(Duration drift) {
    return drift == null ? null : BigDecimal.valueOf(drift.toMillis(), 3);
  }

  @GET
  @Path("attempts")
  @Operation(summary = "Attempts to read, newest first")
  public Page<AttemptView> attempts(
      @QueryParam("first") @DefaultValue("0") @Min(0) int first,
      @QueryParam("max") @DefaultValue("100") @Min(1) @Max(1000) int max) {
    int id = meters.get(serial).getId();
    var answers = access.may(Permission.MANAGE_METERS, id);
    return new Page<>(
        first,
        max,
        attempts.count(id),
        attempts.of(id, first, max).stream()
            .map(
                each ->
                    new AttemptView(
                        each.kind(),
                        each.operationId() == null ? null : each.operationId().toString(),
                        each.startedAt(),
                        each.endedAt(),
                        each.node(),
                        each.result(),
                        each.fault(),
                        each.detail(),
                        answers ? each.answer() : null,
                        each.received(),
                        each.stored(),
                        each.superseded(),
                        each.refused()))
            .toList());
  }

  @GET
  @Path("settings")
  @Operation(summary = "What the meter last told of how it is set, by its own names")
  public MeterSettings.Told settings() {
    return settings
        .of(meters.get(serial).getId())
        .orElseThrow(() -> Refused.notFound("The settings of this meter were not read yet"));
  }
}
