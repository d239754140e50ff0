package org.meterledger.driver.g13;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.List;
import java.util.function.Function;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** The resources of one meter behind a gateway (N30, N41 to N90). */
public final class G13Meter {

  private final G13Connection connection;
  private final String serialNumber;

  G13Meter(G13Connection connection, String serialNumber) {
    this.connection = connection;
    this.serialNumber = serialNumber;
  }

  private String path(String resource) {
    return "/meters/" + serialNumber + "/" + resource;
  }

  /** Where requests about this meter go. */
  record Place(G13Connection connection, String path) {
    <T> ReadResult<T> get(String resource, Function<Node, T> read) {
      return connection.get(path + resource, read);
    }

    <T> ReadResult<T> getList(String resource, Function<Node, T> read) {
      return connection.getList(path + resource, read);
    }

    CommandResult post(String resource, JsonObject payload) {
      return connection.post(path + resource, payload);
    }

    CommandResult delete(String resource) {
      return connection.command("DELETE", path + resource);
    }
  }

  Clock clock() {
    return connection.clock();
  }

  private Place place() {
    return new Place(connection, "/meters/" + serialNumber + "/");
  }

  /** The gateway that the meter is behind. */
  G13Gateway gateway() {
    return new G13Gateway(connection);
  }

  public String serialNumber() {
    return serialNumber;
  }

  /** N54 to N58. */
  public Energy energy() {
    return new Energy(place());
  }

  /** N59 to N62. */
  public Instruments instruments() {
    return new Instruments(place());
  }

  /** N63 to N68. */
  public Ports ports() {
    return new Ports(place());
  }

  /** N52, N53. */
  public Alarms alarms() {
    return new Alarms(place());
  }

  /** N69 to N72. */
  public PreviousValues previousValues() {
    return new PreviousValues(place());
  }

  /** N73 to N76. */
  public LoadProfiles loadProfiles() {
    return new LoadProfiles(place());
  }

  /** N77 to N80. */
  public Demand demand() {
    return new Demand(place());
  }

  /** N81 to N90. */
  public Tariffs tariffs() {
    return new Tariffs(place());
  }

  /** N30. */
  public ReadResult<AssociationObjects> associationObjects() {
    return connection.get(path("associationobjects"), AssociationObjects::of);
  }

  /** N41. */
  public ReadResult<MeterTime> time() {
    return connection.get(path("datetime"), MeterTime::of);
  }

  /** N42, the time alone, in whole seconds by the meter's clock. */
  public CommandResult setTime(LocalDateTime at) {
    var payload = Json.createObjectBuilder().add("datetime", G13Gateway.text(at)).build();
    return connection.post(path("datetime"), payload);
  }

  /**
   * N42 with daylight saving.
   *
   * @param rule null to switch it off
   */
  public CommandResult setTime(LocalDateTime at, DaylightSaving rule) {
    var payload =
        Json.createObjectBuilder()
            .add("datetime", G13Gateway.text(at))
            .add("dstenable", rule != null);
    if (rule != null) {
      payload.add("dststart", rule.start().json()).add("dstend", rule.end().json());
    }
    return connection.post(path("datetime"), payload.build());
  }

  /** N43. */
  public ReadResult<MeterInfo> info() {
    return connection.get(path("info"), MeterInfo::of);
  }

  /** N44. */
  public ReadResult<ConversionFactors> conversionFactors() {
    return connection.get(path("energy/conversionfactor"), ConversionFactors::of);
  }

  /**
   * N45, read back.
   *
   * @param co2 in kg/kWh, below 9.999; null to leave it
   * @param currency in units of currency for a kWh, below 999999; null to leave it
   */
  public Written<ConversionFactors> setConversionFactors(BigDecimal co2, BigDecimal currency) {
    Limit.rule(co2 != null || currency != null, "At least one factor is set");
    var factors = Json.createObjectBuilder();
    if (co2 != null) {
      factor("CO2", co2, new BigDecimal("9.999"));
      factors.add("co2", co2);
    }
    if (currency != null) {
      factor("currency", currency, new BigDecimal("999999.000"));
      factors.add("currency", currency);
    }
    var payload = Json.createObjectBuilder().add("conversionfactor", factors).build();
    return Written.readBack(
        connection.post(path("energy/conversionfactor"), payload),
        this::conversionFactors,
        now -> same(co2, now.co2()) && same(currency, now.currency()),
        connection.clock());
  }

  private static void factor(String what, BigDecimal factor, BigDecimal below) {
    Limit.rule(
        factor.signum() >= 0 && factor.compareTo(below) < 0,
        "The factor for %s is from 0 to below %s".formatted(what, below.toPlainString()));
  }

  private static boolean same(BigDecimal wanted, Measured now) {
    return wanted == null || now != null && wanted.compareTo(now.value()) == 0;
  }

  /** N46, at most 8. */
  public ReadResult<List<String>> hardwareVersions() {
    return connection.get(
        path("hardwareversion"),
        answer ->
            (answer.isArray() ? answer : answer.at("version"))
                .items().stream().map(Node::text).toList());
  }

  /** N47. */
  public ReadResult<MBusInfo> mBusInfo() {
    return connection.get(path("mbusinfo"), MBusInfo::of);
  }

  /** N48, read back from N43. */
  public Written<MeterInfo> setTransformers(TransformerRatios wanted) {
    return Written.readBack(
        connection.post(path("transformersettings"), wanted.payload()),
        this::info,
        now -> now.transformers().equals(wanted),
        connection.clock());
  }

  /** N49: the meter answers the gateway. */
  public ReadResult<MeterStatus> status() {
    return connection.get(path("status"), MeterStatus::of);
  }

  /** N50. */
  public ReadResult<StatusFlags> statusFlags() {
    return connection.get(path("statusflags"), StatusFlags::of);
  }

  /**
   * N51.
   *
   * @param until events at or before this, by the meter's clock
   * @param count of events, 1 to 100
   */
  public ReadResult<MeterEvents> events(LocalDateTime until, int count) {
    Limit.range("The number of events", count, 1, MeterEvents.MOST);
    return connection.get(path("events/" + G13Gateway.text(until) + "/" + count), MeterEvents::of);
  }
}
