package org.meterledger.driver.meterextension;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.metering.Channel;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterReading;
import org.meterledger.metering.RegisterValue;

/**
 * A conversation with a box about one of its meters. HTTP keeps no state, so there is nothing to
 * close.
 */
final class MeterExtensionSession
    implements MeterSession, RegisterSource, ClockSource, SettingsSource {

  private static final String SYSTEM_STATUS = "system_status";

  /** What lies further behind the newest value came with an older telegram. */
  private static final Duration SAME_TELEGRAMS = Duration.ofSeconds(30);

  private static final long LATEST_SECOND = 99_999_999_999L;
  private static final int CLOCK = 9;

  private final BoxConnection box;
  private final BoxCommands commands;
  private final String meterId;
  private final MeterModel model;
  private final List<Channel> registers;

  /**
   * @param meterId null where the endpoint names none: then the only one is meant
   */
  MeterExtensionSession(
      BoxConnection box, String meterId, MeterModel model, List<Channel> registers) {
    this.box = box;
    this.meterId = meterId;
    this.model = model;
    this.registers = registers;
    this.commands = new BoxCommands(box);
  }

  @Override
  public <C extends Capability> Optional<C> as(Class<C> capability) {
    return Stream.of(this, commands)
        .filter(capability::isInstance)
        .map(capability::cast)
        .findFirst();
  }

  /**
   * A box that hears nothing yet, since it has no key or has just begun, is taken for the one of
   * the meter that is meant: it must be possible to give it the key.
   */
  @Override
  public ReadResult<Identification> identify() {
    return then(
        systemStatus(),
        status ->
            then(
                meters(),
                heard ->
                    then(
                        identified(heard),
                        id ->
                            ReadResult.complete(
                                new Identification(
                                    id,
                                    model.manufacturer(),
                                    BoxAnswer.text(status, "model").orElse(model.name()),
                                    BoxAnswer.text(status, "sw-version").orElse(""),
                                    time(status))))));
  }

  private ReadResult<String> identified(List<HeardMeter> heard) {
    var nothing = heard.stream().noneMatch(HeardMeter::filled);
    return meterId != null && nothing
        ? ReadResult.complete(meterId)
        : then(meant(heard), meter -> ReadResult.complete(meter.meterId()));
  }

  /** The meter that is meant among those of which anything was heard. */
  private ReadResult<HeardMeter> meant(List<HeardMeter> all) {
    var heard = all.stream().filter(HeardMeter::filled).toList();
    if (heard.isEmpty()) {
      return ReadResult.failed(
          Kind.BUSY,
          box.address()
              + " has heard nothing of a meter yet that it can read; it may want its key");
    }
    var found =
        heard.stream().filter(each -> meterId == null || each.meterId().equals(meterId)).toList();
    if (found.size() == 1 && !found.get(0).meterId().isEmpty()) {
      return ReadResult.complete(found.get(0));
    }
    var ids = heard.stream().map(HeardMeter::meterId).collect(Collectors.joining(", "));
    return ReadResult.failed(
        Kind.INVALID_DATA,
        meterId == null
            ? box.address() + " hears several meters; which of them is meant, is not said: " + ids
            : "%s does not hear meter %s, but %s".formatted(box.address(), meterId, ids));
  }

  private ReadResult<List<HeardMeter>> meters() {
    return then(
        box.ask("meter_reading"),
        answer ->
            MeterReadingJson.meters(answer)
                .map(ReadResult::complete)
                .orElseGet(
                    () ->
                        ReadResult.failed(
                            Kind.INVALID_DATA,
                            box.address() + " answers meter_reading without any meter's data")));
  }

  /** Nothing but a MeterExtension tells its versions so. */
  private ReadResult<JsonObject> systemStatus() {
    return then(
        box.ask(SYSTEM_STATUS),
        status ->
            BoxAnswer.text(status, "sw-version").isPresent()
                ? ReadResult.complete(status)
                : ReadResult.failed(
                    Kind.INVALID_DATA,
                    "%s answers, but is not a %s %s"
                        .formatted(box.address(), model.manufacturer(), model.name())));
  }

  @Override
  public List<Channel> registers() {
    return registers;
  }

  /**
   * All values of the meter, also those that the model's table does not know. The time of the
   * reading is that of the newest value; what came with an older telegram keeps its own.
   */
  @Override
  public ReadResult<RegisterReading> readRegisters() {
    return then(then(meters(), this::meant), this::reading);
  }

  private ReadResult<RegisterReading> reading(HeardMeter meter) {
    var newest =
        meter.values().stream()
            .map(HeardMeter.Value::at)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    var values = new ArrayList<RegisterValue>();
    meter.values().stream()
        .sorted(Comparator.comparing(HeardMeter.Value::obis, order()))
        .forEach(
            each ->
                values.add(
                    new RegisterValue(each.obis(), each.quantity(), ownTime(each.at(), newest))));
    var reading = new RegisterReading(newest, values);
    if (meter.broken() == null) {
      return ReadResult.complete(reading);
    }
    var fault =
        new Fault(
            Kind.INVALID_DATA,
            "%s gives no usable value of meter %s for %s"
                .formatted(box.address(), meter.meterId(), meter.broken()));
    return values.isEmpty()
        ? new ReadResult.Failed<>(fault)
        : new ReadResult.Partial<>(reading, fault);
  }

  /** That of the model's table, and behind it what the table does not know. */
  private Comparator<ObisCode> order() {
    var places = new HashMap<ObisCode, Integer>();
    registers.forEach(each -> places.put(each.obis(), places.size()));
    return Comparator.<ObisCode, Integer>comparing(
            obis -> places.getOrDefault(obis, Integer.MAX_VALUE))
        .thenComparing(Comparator.naturalOrder());
  }

  private static Instant ownTime(Instant at, Instant newest) {
    boolean older = at != null && at.isBefore(newest.minus(SAME_TELEGRAMS));
    return older ? at : null;
  }

  /** The clock of the box; meters tell theirs only along with their values. */
  @Override
  public ReadResult<Instant> readClock() {
    return then(
        systemStatus(),
        status ->
            Optional.ofNullable(time(status))
                .map(ReadResult::complete)
                .orElseGet(
                    () ->
                        ReadResult.failed(
                            Kind.UNSUPPORTED, box.address() + " does not know the time")));
  }

  /** Null where it does not know it. */
  private static Instant time(JsonObject status) {
    return BoxAnswer.text(status, "sys-ts")
        .filter(text -> text.matches("\\d{1,11}"))
        .map(Long::parseLong)
        .filter(second -> second > 0 && second <= LATEST_SECOND)
        .map(Instant::ofEpochSecond)
        .orElse(null);
  }

  /**
   * What the box says of itself, its networks and its meters; what it does not know is left out.
   */
  @Override
  public ReadResult<Map<String, String>> readSettings() {
    var told = new LinkedHashMap<String, String>();
    return then(
        systemStatus(),
        status -> {
          take(status, List.of("model", "sw-version", "hw-version", "mac", "sys-ts"), told);
          return then(
              known(box.ask("wifi_status")),
              wifi -> {
                wifi.ifPresent(each -> take(each, List.of("ssid", "rssi", "ap-mac", "IP"), told));
                return then(known(addresses()), ip -> texts(ip, told));
              });
        });
  }

  private ReadResult<Map<String, String>> texts(
      Optional<Map<String, String>> addresses, Map<String, String> told) {
    addresses.ifPresent(told::putAll);
    return then(
        meters(),
        all -> {
          var heard = all.stream().filter(HeardMeter::filled).toList();
          if (!heard.isEmpty()) {
            told.put(
                "meterid",
                heard.stream().map(HeardMeter::meterId).collect(Collectors.joining(", ")));
          }
          heard.stream()
              .filter(each -> heard.size() == 1 || each.meterId().equals(meterId))
              .forEach(
                  each ->
                      new TreeMap<>(each.texts()).forEach((obis, text) -> put(obis, text, told)));
          return ReadResult.complete(Collections.unmodifiableMap(told));
        });
  }

  /** A meter's own time and date are no settings: they are never the same. */
  private static void put(ObisCode obis, String text, Map<String, String> told) {
    if (obis.c() != 0 || obis.d() != CLOCK) {
      told.put(obis.toString(), text);
    }
  }

  private ReadResult<Map<String, String>> addresses() {
    return then(
        box.text("get_ip_info"),
        text ->
            IpInfo.parse(text)
                .map(ReadResult::complete)
                .orElseGet(
                    () ->
                        ReadResult.failed(
                            Kind.INVALID_DATA,
                            box.address() + " answers get_ip_info with something else")));
  }

  private static void take(JsonObject answer, List<String> keys, Map<String, String> told) {
    keys.forEach(key -> BoxAnswer.text(answer, key).ifPresent(text -> told.put(key, text)));
  }

  /** A command that the box does not know is no fault of the others. */
  private static <T> ReadResult<Optional<T>> known(ReadResult<T> result) {
    return result.fold(
        complete -> ReadResult.complete(Optional.of(complete.value())),
        partial -> new ReadResult.Failed<>(partial.fault()),
        failed ->
            failed.fault().kind() == Kind.UNSUPPORTED
                ? ReadResult.complete(Optional.empty())
                : new ReadResult.Failed<>(failed.fault()));
  }

  private static <A, B> ReadResult<B> then(ReadResult<A> result, Function<A, ReadResult<B>> next) {
    return result.fold(
        complete -> next.apply(complete.value()),
        partial -> new ReadResult.Failed<>(partial.fault()),
        failed -> new ReadResult.Failed<>(failed.fault()));
  }

  @Override
  public void close() {
    // nothing is open
  }
}
