package org.meterledger.web.meters;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.QueryParam;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.meterledger.meter.MeterFilter;
import org.meterledger.meter.MeterOrder;
import org.meterledger.meter.MeterRow;
import org.meterledger.meter.Meters;
import org.meterledger.web.api.Page;
import org.meterledger.web.api.Refused;

/** The query parameters of the list of meters. */
public class ListRequest {

  @QueryParam("first")
  @DefaultValue("0")
  @Min(0)
  @Parameter(description = "number of the first meter, from 0")
  private int first;

  @QueryParam("max")
  @DefaultValue("100")
  @Min(1)
  @Max(1000)
  @Parameter(description = "meters at most")
  private int max;

  @QueryParam("search")
  @Size(max = 120)
  @Parameter(description = "begin of serial number, alias, address or metering point")
  private String search;

  @QueryParam("model")
  private String model;

  @QueryParam("condition")
  @Parameter(description = "RESTING, FAULT, OVERDUE, NEW, OK or PAUSED")
  private String condition;

  @QueryParam("group")
  @Parameter(description = "id of a group of meters")
  private Integer group;

  @QueryParam("location")
  @Parameter(description = "names from the root of the tree: Basel/Harbour; with all below it")
  private String location;

  @QueryParam("gateway")
  @Parameter(description = "name of a gateway")
  private String gateway;

  @QueryParam("label")
  private String label;

  @QueryParam("sort")
  @DefaultValue("SERIAL_NUMBER")
  @Parameter(
      description =
          "SERIAL_NUMBER, ALIAS, MODEL, METERING_POINT, CONDITION, LAST_CONTACT, LAST_READING or"
              + " CLOCK_DRIFT")
  private String sort;

  @QueryParam("direction")
  @DefaultValue("asc")
  @Pattern(regexp = "asc|desc")
  private String direction;

  /** A meter in the list. */
  public record Line(
      String serialNumber,
      String alias,
      String model,
      String address,
      String meteringPoint,
      String timeZone,
      MeterRow.Condition condition,
      boolean watched,
      Instant lastContactAt,
      Instant lastReadingAt,
      Instant restingUntil,
      String fault,
      String faultDetail,
      BigDecimal clockDriftSeconds,
      String firmware) {}

  Page<Line> page(Meters meters) {
    return new Page<>(
        first,
        max,
        meters.count(filter()),
        meters.list(filter(), order(), ascending(), first, max).stream()
            .map(ListRequest::line)
            .toList());
  }

  private static Line line(MeterRow row) {
    return new Line(
        row.serialNumber(),
        row.alias(),
        row.model(),
        row.address(),
        row.meteringPoint(),
        row.timeZone(),
        row.condition(),
        row.watched(),
        row.lastContactAt(),
        row.lastReadingAt(),
        row.restingUntil(),
        row.fault(),
        row.faultDetail(),
        row.clockDrift() == null ? null : BigDecimal.valueOf(row.clockDrift().toMillis(), 3),
        row.firmware());
  }

  MeterFilter filter() {
    return new MeterFilter(
        search,
        model,
        condition == null ? null : one("condition", condition, MeterRow.Condition.values()),
        group,
        location,
        gateway,
        label);
  }

  MeterOrder order() {
    return one("sort", sort, MeterOrder.values());
  }

  boolean ascending() {
    return direction.equals("asc");
  }

  private static <E extends Enum<E>> E one(String field, String text, E[] constants) {
    return Arrays.stream(constants)
        .filter(each -> each.name().equals(text.toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                Refused.field(
                    field,
                    "unknown",
                    "one of "
                        + Arrays.stream(constants)
                            .map(Enum::name)
                            .collect(Collectors.joining(", "))));
  }
}
