package org.meterledger.web.settings;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.meterledger.access.Permission;
import org.meterledger.driver.SettingsField;
import org.meterledger.driver.SettingsPart;
import org.meterledger.meter.Meters;
import org.meterledger.operation.SettingsParts;

/** What can be set of a meter, and what it last told of it. */
@Path("meters/{serial}/settings/parts")
@RequestScoped
@RolesAllowed(Permission.Names.VIEW_METERS)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Meter state")
public class SettingsPartsResource {

  @Inject private Meters meters;
  @Inject private SettingsParts parts;

  @PathParam("serial")
  private String serial;

  /**
   * A value: NUMBER from least to most with so many decimals, TEXT of at most longest characters
   * that fits the pattern, FLAG, CHOICE of choices, or LOCAL_TIME as 2026-11-21T13:45:00 by the
   * meter's clock. One that moves changes by itself.
   */
  public record FieldView(
      String name,
      SettingsField.Type type,
      boolean required,
      String unit,
      BigDecimal least,
      BigDecimal most,
      Integer decimals,
      Integer longest,
      String pattern,
      List<String> choices,
      boolean moves) {

    static FieldView of(SettingsField field) {
      boolean number = field.type() == SettingsField.Type.NUMBER;
      boolean text = field.type() == SettingsField.Type.TEXT;
      return new FieldView(
          field.name(),
          field.type(),
          field.required(),
          field.unit(),
          field.least(),
          field.most(),
          number ? field.decimals() : null,
          text ? field.longest() : null,
          field.pattern(),
          field.choices().isEmpty() ? null : field.choices(),
          field.moves());
    }
  }

  /** How many rows a part has. */
  public record RowsView(int least, int most) {}

  /**
   * A part with what was last read of it; what never happened is left out. With rows, values is
   * {"rows": […]}. choices names the values that the meter itself offers, by field. erases tells
   * what the meter forgets when the part is changed; it is archived before.
   */
  public record PartView(
      String part,
      List<FieldView> fields,
      RowsView rows,
      List<SettingsPart.Kept> erases,
      Instant readAt,
      String operation,
      JsonObject values,
      Map<String, Map<String, String>> choices) {

    static PartView of(SettingsPart part, SettingsParts.Told told) {
      var rows = part.rows();
      boolean known = told != null;
      return new PartView(
          part.name(),
          part.fields().stream().map(FieldView::of).toList(),
          rows == null ? null : new RowsView(rows.least(), rows.most()),
          part.erases().stream().sorted().toList(),
          known ? told.readAt() : null,
          known && told.operationId() != null ? told.operationId().toString() : null,
          known ? told.values() : null,
          known ? told.choices() : null);
    }
  }

  @GET
  @Operation(
      summary = "What can be set of the meter, part by part, as last read",
      description =
          "A part is read by an operation READ_SETTINGS_PART with parameter part, and changed by"
              + " CHANGE_SETTINGS with part, before (the values as they were read) and after (the"
              + " values as they are to be). Nothing is sent where somebody else has changed"
              + " meanwhile what is to be changed; the result tells what was sent, what was read"
              + " back, and which fields are unconfirmed.")
  public List<PartView> parts() {
    var meter = meters.get(serial);
    var told = parts.told(meter.getId());
    return parts.of(meter.getModel()).stream()
        .map(part -> PartView.of(part, told.get(part.name())))
        .toList();
  }
}
