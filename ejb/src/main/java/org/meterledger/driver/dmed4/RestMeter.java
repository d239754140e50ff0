package org.meterledger.driver.dmed4;

import jakarta.json.Json;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.meterledger.driver.ChargingSource.Log;
import org.meterledger.driver.ChargingSource.Lookup;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.DisplayTarget.Line;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession.Identification;
import org.meterledger.driver.ReadResult;
import org.meterledger.metering.ObisCode;

/** A meter that is asked over HTTP (manual p. 6 to 15). */
final class RestMeter implements Dmed4Meter {

  private static final String STATUS = "system_status";
  private static final String SETTINGS = "charge_settings";
  private static final String PARAMETERS = "system_parameters";
  private static final String OPERATIVE_STATUS = "operative_status";
  private static final int ADDRESS_BYTES = 4;

  private final RestConnection connection;
  private final Login login;
  private final Dmed4Tables tables;
  private final RestLog log;

  RestMeter(RestConnection connection, Login login, Dmed4Tables tables) {
    this.connection = connection;
    this.login = login;
    this.tables = tables;
    this.log = new RestLog(connection);
  }

  @Override
  public String address() {
    return connection.address();
  }

  @Override
  public ReadResult<Identification> identify() {
    return Results.then(
        connection.get(STATUS),
        status -> {
          var serial = status.text("serial_number").map(String::strip).orElse("");
          var code = status.text("model_code").orElse("");
          if (serial.isEmpty() || code.isEmpty()) {
            return ReadResult.failed(Kind.INVALID_DATA, address() + " answers, but is no DMED4");
          }
          return ReadResult.complete(
              new Identification(
                  serial,
                  tables.model().manufacturer(),
                  tables.modelName(Dmed4Tables.SYSTEM_STATUS, code),
                  status.text("meas_fw_rev").orElse(""),
                  null));
        });
  }

  @Override
  public ReadResult<Map<ObisCode, BigDecimal>> values() {
    var found = new HashMap<ObisCode, BigDecimal>();
    var answers = new HashMap<String, ReadResult<JsonAnswer>>();
    Fault fault = null;
    for (var register : tables.registers()) {
      if (register.resource().isEmpty()) {
        continue;
      }
      var answer = answers.computeIfAbsent(register.resource(), connection::get);
      var told = Results.value(answer);
      var bad = told == null ? Results.fault(answer) : take(found, register, told);
      fault = bad == null ? fault : bad;
      if (bad != null && told == null && bad.kind() != Kind.UNSUPPORTED && found.isEmpty()) {
        return new ReadResult.Failed<>(bad); // nobody is there: each further question takes as long
      }
    }
    if (found.isEmpty()) {
      return ReadResult.failed(Kind.INVALID_DATA, address() + " holds none of this meter's values");
    }
    var status = Results.value(answers.get(STATUS));
    if (status != null) {
      SystemFlags.add(found, status, tables);
    }
    return fault == null ? ReadResult.complete(found) : new ReadResult.Partial<>(found, fault);
  }

  /** Null, or why not: digits below the scaler are refused, rounding would invent a reading. */
  private Fault take(
      Map<ObisCode, BigDecimal> found, Dmed4Tables.Register register, JsonAnswer told) {
    if (!told.has(register.key())) {
      return null;
    }
    var channel = register.channel();
    var value =
        told.number(register.key())
            .map(number -> Dmed4Tables.scaled(number, register.factor()))
            .filter(number -> number.stripTrailingZeros().scale() <= -channel.scaler());
    value.ifPresent(number -> found.put(channel.obis(), number));
    return value.isPresent()
        ? null
        : new Fault(
            Kind.PROTOCOL,
            "%s/%s gives no usable number for %s"
                .formatted(address(), register.resource(), register.key()));
  }

  @Override
  public ReadResult<Long> time() {
    return Results.then(
        connection.get(SETTINGS), told -> needed(told.whole("datetime"), SETTINGS, "datetime"));
  }

  private <T> ReadResult<T> needed(Optional<T> found, String resource, String key) {
    return found
        .map(ReadResult::complete)
        .orElseGet(
            () ->
                ReadResult.failed(
                    Kind.INVALID_DATA, address() + "/" + resource + " tells no " + key));
  }

  @Override
  public CommandResult setTime(long seconds) {
    return connection.put(SETTINGS, Map.of("datetime", Long.toString(seconds)));
  }

  @Override
  public ReadResult<Map<String, String>> settings() {
    var found = new LinkedHashMap<String, String>();
    var status = connection.get(STATUS);
    if (Results.value(status) == null) {
      return new ReadResult.Failed<>(Results.fault(status));
    }
    if (!Results.value(status).has("serial_number")) {
      return ReadResult.failed(Kind.INVALID_DATA, address() + " answers, but is no DMED4");
    }
    plain(found, Results.value(status), List.of("logged"));
    Results.value(status)
        .text("model_code")
        .ifPresent(code -> found.put("model", tables.modelName(Dmed4Tables.SYSTEM_STATUS, code)));
    var charging = connection.get(SETTINGS);
    if (Results.value(charging) != null) {
      plain(found, Results.value(charging), List.of("datetime"));
    }
    var fault = Results.fault(charging);
    if (connection.password() != null) {
      var parameters = parameters();
      fault = fault == null ? Results.fault(parameters) : fault;
      if (Results.value(parameters) != null) {
        found.putAll(Parameters.texts(tables, Results.value(parameters), connection.password()));
      }
    }
    var all = Collections.unmodifiableMap(found);
    return fault == null ? ReadResult.complete(all) : new ReadResult.Partial<>(all, fault);
  }

  /** What is told plainly, without what changes by itself. */
  private static void plain(Map<String, String> found, JsonAnswer told, List<String> moving) {
    for (String key : told.keys()) {
      if (!moving.contains(key)) {
        told.text(key).ifPresent(text -> found.put(key, text));
      }
    }
  }

  @Override
  public ReadResult<ChargeSettings> chargeSettings() {
    return Results.map(
        connection.get(SETTINGS),
        told ->
            new ChargeSettings(
                told.number("res_cable").orElse(null),
                told.whole("tariff").orElse(null),
                told.whole("datetime_offset").orElse(null)));
  }

  @Override
  public CommandResult setChargeSettings(ChargeSettings wanted) {
    var query = new TreeMap<String, String>();
    if (wanted.cableResistance() != null) {
      query.put("res_cable", wanted.cableResistance().toPlainString());
    }
    if (wanted.tariff() != null) {
      query.put("tariff", wanted.tariff().toString());
    }
    if (wanted.offset() != null) {
      query.put("datetime_offset", wanted.offset().toString());
    }
    return connection.put(SETTINGS, query);
  }

  @Override
  public ReadResult<SortedMap<String, Long>> parameters() {
    var denied = login.ensure(connection);
    return denied.isPresent()
        ? new ReadResult.Failed<>(denied.get())
        : Results.then(
            connection.get(PARAMETERS),
            told -> {
              var values = new TreeMap<String, Long>();
              for (var parameter : tables.parameters()) {
                var number = told.number(parameter.name()).filter(parameter::holds);
                if (number.isEmpty()) {
                  return ReadResult.failed(
                      Kind.INVALID_DATA,
                      "%s/%s gives no usable number for %s"
                          .formatted(address(), PARAMETERS, parameter.name()));
                }
                values.put(parameter.name(), number.get().longValueExact());
              }
              return ReadResult.complete(values);
            });
  }

  @Override
  public CommandResult setParameters(
      SortedMap<String, Long> before, SortedMap<String, Long> after) {
    var body = Json.createObjectBuilder();
    for (var parameter : tables.parameters()) {
      long value = after.get(parameter.name());
      if (parameter.kind() != Parameter.Kind.ADDRESS) {
        body.add(parameter.name(), value);
        continue;
      }
      for (int place = 1; place <= ADDRESS_BYTES; place++) {
        body.add(parameter.name() + "_0" + place, Parameter.part(value, place));
      }
    }
    var block = body.build();
    return loggedIn(() -> connection.post(PARAMETERS, block));
  }

  private CommandResult loggedIn(Supplier<CommandResult> command) {
    return login
        .ensure(connection)
        .<CommandResult>map(CommandResult.Refused::new)
        .orElseGet(command);
  }

  @Override
  public ReadResult<ChargeStatus> chargeStatus() {
    var resource = "charge_status";
    return Results.then(
        connection.get(resource),
        told -> {
          var state = told.whole("measurement_status");
          var signature = told.whole("signature_status");
          var errors1 = told.whole("error_status_1");
          var errors2 = told.whole("error_status_2");
          return state.isPresent()
                  && signature.isPresent()
                  && errors1.isPresent()
                  && errors2.isPresent()
              ? ReadResult.complete(
                  new ChargeStatus(state.get(), signature.get(), errors1.get(), errors2.get()))
              : needed(Optional.empty(), resource, "whole status");
        });
  }

  @Override
  public CommandResult input(String json) {
    return connection.post("ocmf", json);
  }

  @Override
  public CommandResult command(CycleCommand command) {
    return connection.put(SETTINGS, Map.of("command", command.word()));
  }

  @Override
  public ReadResult<String> output() {
    return Results.then(
        connection.get("ocmf"), told -> needed(told.text("OCMF_BUFF"), "ocmf", "OCMF_BUFF"));
  }

  @Override
  public ReadResult<String> publicKey() {
    return Results.then(
        connection.get(SETTINGS),
        told ->
            needed(
                told.text("public_key_ocmf")
                    .flatMap(PublicKeyText::ofText)
                    .or(() -> told.text("public_key").flatMap(PublicKeyText::ofCoordinates)),
                SETTINGS,
                "public key"));
  }

  @Override
  public ReadResult<Log> recordLog() {
    return log.records();
  }

  @Override
  public ReadResult<LogPlace> look(Lookup by, long value) {
    return log.look(by, value);
  }

  @Override
  public ReadResult<Integer> eventCount() {
    return log.events();
  }

  @Override
  public ReadResult<Event> event(int index, int count) {
    return log.event(count - 1 - index);
  }

  @Override
  public CommandResult endCommissioning() {
    return loggedIn(() -> connection.put(STATUS, Map.of(OPERATIVE_STATUS, "operating")));
  }

  @Override
  public ReadResult<String> operativeStatus() {
    return Results.then(
        connection.get(STATUS),
        told -> needed(told.text(OPERATIVE_STATUS), STATUS, OPERATIVE_STATUS));
  }

  @Override
  public CommandResult showPage(Boolean on, Integer page) {
    var query = new TreeMap<String, String>();
    if (on != null) {
      query.put("display_on_off", on ? "1" : "0");
    }
    if (page != null) {
      query.put("set_page", page.toString());
    }
    return connection.put("force_display", query);
  }

  @Override
  public CommandResult showViewerPage(int page) {
    return connection.root().put("set_viewer_page", Map.of("page", Integer.toString(page)));
  }

  @Override
  public CommandResult showLines(int meter, List<Line> lines) {
    var body = Json.createObjectBuilder();
    for (int i = 0; i < lines.size(); i++) {
      body.add("title" + (i + 1), lines.get(i).title()).add("text" + (i + 1), lines.get(i).text());
    }
    return connection.root().post(meter + "/custom_string", body.build());
  }

  /** HTTP keeps no state: nothing is to be closed. */
  @Override
  public void close() {}
}
