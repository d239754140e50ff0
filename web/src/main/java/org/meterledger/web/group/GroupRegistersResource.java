package org.meterledger.web.group;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.stream.JsonGenerator;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Access;
import org.meterledger.access.Permission;
import org.meterledger.archive.PresentRegisters;
import org.meterledger.archive.PresentRegisters.OfMeter;
import org.meterledger.group.MeterGroups;
import org.meterledger.web.api.Csv;
import org.meterledger.web.api.Exports;

/** Present values of all meters of a group; times are in UTC. */
@Path("groups/{id}/registers")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Tag(name = "Groups of meters")
public class GroupRegistersResource {

  @Inject private MeterGroups groups;
  @Inject private PresentRegisters registers;
  @Inject private Access access;
  @Inject private Exports exports;

  @PathParam("id")
  private int id;

  @GET
  @Produces(MediaType.APPLICATION_JSON + ";qs=1")
  @Operation(summary = "Present values as last read, of all meters of a group")
  public Response json() {
    return exports.json(subject(), "registers-" + id, this::json);
  }

  @GET
  @Produces(Csv.MEDIA_TYPE + ";qs=0.9")
  @Operation(summary = "The same as a table")
  public Response csv() {
    return exports.csv(subject(), "registers-" + id, this::csv);
  }

  private String subject() {
    var group = groups.get(id);
    access.requireForGroup(Permission.EXPORT, id, group.name());
    return "group " + group.name();
  }

  private void csv(OutputStream out) throws IOException {
    var printer = Csv.printer(out);
    printer.printRecord("meter", "register", "value", "unit", "occurred_at", "read_at");
    registers.ofGroup(
        id,
        each -> {
          var register = each.register();
          try {
            printer.printRecord(
                Csv.text(each.serialNumber()),
                register.obis(),
                register.quantity().value().toPlainString(),
                register.quantity().unit().symbol(),
                register.occurredAt(),
                register.readAt());
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    printer.flush();
  }

  private void json(OutputStream out) {
    var json = Json.createGenerator(out);
    json.writeStartArray();
    registers.ofGroup(id, each -> json(json, each));
    json.writeEnd();
    json.flush();
  }

  private static void json(JsonGenerator json, OfMeter each) {
    var register = each.register();
    json.writeStartObject()
        .write("meter", each.serialNumber())
        .write("obis", register.obis().toString())
        .write("value", register.quantity().value())
        .write("unit", register.quantity().unit().symbol());
    if (register.occurredAt() != null) {
      json.write("occurredAt", register.occurredAt().toString());
    }
    json.write("readAt", register.readAt().toString()).writeEnd();
  }
}
