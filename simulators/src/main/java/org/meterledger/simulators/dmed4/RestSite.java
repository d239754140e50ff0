package org.meterledger.simulators.dmed4;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.meterledger.simulators.dmed4.Health.Board;

/** The resources of a meter. What is refused has status 400 and no body. */
final class RestSite {
  private static final long ANY_32 = 0xFFFF_FFFFL;
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final Set<String> PUT_AND_POST = Set.of("PUT", "POST");

  private final Dmed4Meter meter;
  private final Map<String, Map<String, Function<RestRequest, RestAnswer>>> resources =
      new TreeMap<>();

  RestSite(Dmed4Meter meter) {
    this.meter = meter;
    add("measure", Set.of("GET"), request -> measure());
    add("charge_settings", Set.of("GET"), request -> chargeSettings());
    add("charge_settings", PUT_AND_POST, this::setCharge);
    add("charge_status", Set.of("GET"), request -> chargeStatus());
    add("ocmf", Set.of("GET"), request -> ocmf());
    add("ocmf", Set.of("POST"), this::setOcmf);
    add("logbook/info", Set.of("GET"), request -> logbook());
    add("logbook/OCMF", Set.of("GET"), this::record);
    add("logbook/events", Set.of("GET"), this::event);
    add("system_status", Set.of("GET"), request -> systemStatus());
    add("system_status", PUT_AND_POST, this::operate);
    add("login", Set.of("PUT"), this::login);
    add("system_parameters", Set.of("GET"), request -> parameters());
    add("system_parameters", Set.of("POST"), this::setParameters);
    add("force_display", PUT_AND_POST, this::display);
  }

  private void add(String path, Set<String> methods, Function<RestRequest, RestAnswer> resource) {
    methods.forEach(
        method ->
            resources.computeIfAbsent("/v1/" + path, key -> new TreeMap<>()).put(method, resource));
  }

  RestAnswer answer(RestRequest request) {
    Map<String, Function<RestRequest, RestAnswer>> methods = resources.get(request.path());
    if (methods == null) {
      return RestAnswer.NOT_FOUND;
    }
    Function<RestRequest, RestAnswer> resource = methods.get(request.method());
    if (resource == null) {
      return RestAnswer.NOT_IMPLEMENTED;
    }
    try {
      return resource.apply(request);
    } catch (Refusal refused) {
      return RestAnswer.BAD_REQUEST;
    }
  }

  private static Map<String, Object> object(Object... namesAndValues) {
    Map<String, Object> object = new LinkedHashMap<>();
    for (int place = 0; place < namesAndValues.length; place += 2) {
      object.put((String) namesAndValues[place], namesAndValues[place + 1]);
    }
    return object;
  }

  /** Voltage, current and power have one digit behind the point, which is not written. */
  private RestAnswer measure() {
    Readings now = meter.measurement.readings();
    return RestAnswer.json(
        object(
            "voltage", Math.floorDiv(now.centivolts() + 5, 10L),
            "current", Math.floorDiv(now.tenthMilliamperes() + 500, 1000L),
            "power", Math.floorDiv(now.watts() + 50, 100L),
            "energy", now.cycleImportedWh(),
            "energy_neg", now.cycleExportedWh(),
            "temperature_i1", now.temperature1(),
            "temperature_i1_fahrenheit", Readings.fahrenheit(now.temperature1()),
            "temperature_i2", now.temperature2(),
            "temperature_i2_fahrenheit", Readings.fahrenheit(now.temperature2()),
            "energyPos", now.importedWh(),
            "energyNeg", now.exportedWh()));
  }

  private RestAnswer chargeSettings() {
    return RestAnswer.json(
        object(
            "sync_timeout", meter.parameters.syncTimeoutMinutes(),
            "signature_format", meter.parameters.base64() ? 1 : 0,
            "public_key", Texts.hex(meter.cycle.key().raw()),
            "public_key_ocmf", Texts.hex(meter.cycle.key().spki()),
            "res_cable", meter.cableResistance(),
            "datetime_offset", meter.clock.offsetMinutes(),
            "datetime", meter.clock.unixSeconds(meter.now()),
            "tariff", meter.tariff()));
  }

  /** Settings first, then the command; a value that is none changes nothing. */
  private RestAnswer setCharge(RestRequest request) {
    Fields fields = request.fields();
    fields.only("datetime", "datetime_offset", "tariff", "res_cable", "command");
    Optional<Long> seconds = number(fields, "datetime", 0, ANY_32);
    Optional<Long> offset = number(fields, "datetime_offset", -900, 900);
    Optional<Long> tariff = number(fields, "tariff", 0, 0xFFFF);
    Optional<Long> resistance = number(fields, "res_cable", 0, 0xFFFF);
    Optional<ChargeCommand> command =
        fields.has("command")
            ? Optional.of(
                ChargeCommand.ofLetter(fields.text("command"))
                    .orElseThrow(() -> Refusal.value("command")))
            : Optional.empty();
    offset.ifPresent(meter::setOffset);
    seconds.ifPresent(meter::setClock);
    tariff.ifPresent(meter.installation::setTariff);
    resistance.ifPresent(meter.installation::setCableResistance);
    command.ifPresent(each -> meter.cycle.command(each, meter.now(), false));
    return RestAnswer.done();
  }

  private static Optional<Long> number(Fields fields, String name, long least, long most) {
    return fields.has(name) ? Optional.of(fields.number(name, least, most)) : Optional.empty();
  }

  private RestAnswer chargeStatus() {
    ChargeStatus status = meter.cycle.status(meter.now());
    meter.statusRead();
    return RestAnswer.json(
        object(
            "measurement_status", status.measurement(),
            "signature_status", status.signature(),
            "error_status_1", status.error1(),
            "error_status_2", status.error2()));
  }

  private RestAnswer ocmf() {
    OcmfRecord output = meter.cycle.output(meter.now());
    return RestAnswer.json(object("OCMF_BUFF", output == null ? "" : output.text()));
  }

  /** The fields themselves, or as the answer to a GET wraps them. */
  private RestAnswer setOcmf(RestRequest request) {
    String text =
        Fields.object(request.body())
            .filter(body -> body.keySet().equals(Set.of("OCMF_BUFF")))
            .map(body -> body.getString("OCMF_BUFF", "").replaceFirst("^OCMF\\|", ""))
            .orElse(request.body());
    meter.cycle.submit(text.getBytes(StandardCharsets.UTF_8), meter.now());
    return meter.cycle.isPrepared() ? RestAnswer.done() : RestAnswer.BAD_REQUEST;
  }

  private RestAnswer logbook() {
    Log<OcmfRecord> records = meter.cycle.log();
    return RestAnswer.json(
        object(
            "ocmf_max_number", records.capacity(),
            "ocmf_total_number", records.size(),
            "ocmf_last_internal_progressive", records.last(),
            "ocmf_first_internal_progressive", records.first(),
            "events_max_number", meter.events.capacity(),
            "events_total_number", meter.events.size(),
            "log_search_status", meter.search.status(),
            "log_search_position", meter.search.position()));
  }

  private RestAnswer record(RestRequest request) {
    OcmfRecord found = meter.search.record(Fields.ofQuery(request.query()));
    byte[] given = found.given().orElseThrow(() -> Refusal.value("Record"));
    return RestAnswer.json(object("OCMF_LOG", new String(given, StandardCharsets.UTF_8)));
  }

  private RestAnswer event(RestRequest request) {
    LoggedEvent found = meter.search.event(Fields.ofQuery(request.query()));
    LocalDateTime local =
        LocalDateTime.ofInstant(Instant.ofEpochSecond(found.unixSeconds()), ZoneOffset.UTC)
            .plusMinutes(found.offsetMinutes());
    Map<String, Object> event =
        object(
            "date", local.toLocalDate().toString(),
            "time", TIME.format(local),
            "event_code", Integer.toString(found.code()),
            "arguments", found.arguments());
    return RestAnswer.json(object("EVENT_LOG", "EVENT|" + RestAnswer.json(event).body()));
  }

  private RestAnswer systemStatus() {
    Dmed4Settings settings = meter.settings();
    Map<String, Object> board2 = new LinkedHashMap<>(meter.health().flags(Board.BOARD_2));
    board2.put("fatal_err_bits", meter.health().flags(Board.FATAL));
    return RestAnswer.json(
        object(
            "meas_fw_rev", Integer.toString(Dmed4Meter.FIRMWARE),
            "meas_fw_cks", Texts.checksum(meter.firmwareChecksum()),
            "pow_fw_rev", Integer.toString(Dmed4Meter.ETHERNET_FIRMWARE),
            "pow_fw_cks", Texts.checksum(0xB1A2_C3D4L),
            "serial_number", settings.serialNumber(),
            "model_code", settings.model().modelCode(),
            "operative_status", meter.operativeStatus(),
            "cable_res_locked", meter.installation.isOperating() ? 1 : 0,
            "system_status", meter.health().systemStatus(),
            "board_1_status", meter.health().bits(Board.BOARD_1),
            "board_1_status_bits", meter.health().flags(Board.BOARD_1),
            "board_2_status", meter.health().bits(Board.BOARD_2),
            "board_2_status_bits", board2,
            "logged", meter.isLogged() ? 1 : 0));
  }

  private RestAnswer operate(RestRequest request) {
    Fields fields = request.fields();
    fields.only("operative_status");
    if (!fields.text("operative_status").equals("operating")) {
      throw Refusal.value("operative_status");
    }
    meter.installation.operate();
    return RestAnswer.done();
  }

  private RestAnswer login(RestRequest request) {
    Fields fields = request.fields();
    fields.only("password");
    meter.tryLogin(fields.text("password"));
    return RestAnswer.done();
  }

  private RestAnswer parameters() {
    meter.login.demand();
    return RestAnswer.json(meter.parameters.values());
  }

  private RestAnswer setParameters(RestRequest request) {
    meter.login.demand();
    meter.installation.refuseLockedParameters();
    meter.parameters.replace(request.fields());
    meter.parametersSaved();
    return RestAnswer.done();
  }

  private RestAnswer display(RestRequest request) {
    Fields fields = request.fields();
    fields.only("display_on_off", "set_page");
    Optional<Long> on = number(fields, "display_on_off", 0, 1);
    Optional<Long> page = number(fields, "set_page", 1, 13);
    on.ifPresent(meter.display::turn);
    page.ifPresent(meter.display::show);
    return RestAnswer.done();
  }

  static List<String> segments(String path) {
    return List.of(path.substring(1).split("/", -1));
  }
}
