package org.meterledger.driver.emu;

import jakarta.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.meterledger.driver.Block;
import org.meterledger.driver.Capability;
import org.meterledger.driver.ClockSource;
import org.meterledger.driver.EventLogSource;
import org.meterledger.driver.Fault;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.LoadProfileSource;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RegisterSource;
import org.meterledger.driver.SettingsSource;
import org.meterledger.driver.http.Answer;
import org.meterledger.driver.http.HttpTransport;
import org.meterledger.metering.Channel;
import org.meterledger.metering.Cursor;
import org.meterledger.metering.LoadProfile;
import org.meterledger.metering.LoggedEvent;
import org.meterledger.metering.ObisCode;
import org.meterledger.metering.RegisterReading;

/** A conversation with one EMU meter. HTTP keeps no state, so there is nothing to close. */
final class EmuSession
    implements MeterSession,
        LoadProfileSource,
        RegisterSource,
        ClockSource,
        EventLogSource,
        SettingsSource {

  static final ObisCode LOAD_PROFILE = ObisCode.of("1-0:99.1.0*255");
  static final ObisCode LOGBOOK = ObisCode.of("0-0:99.98.0*255");

  /** Rows that the meter gives at most for one request, manual p. 11 and 13. */
  private static final int DATA_PAGE = 3000;

  private static final int LOGBOOK_PAGE = 2048;

  /** How far the clocks of meter and portal may differ before a row counts as of the future. */
  private static final Duration AHEAD = Duration.ofMinutes(10);

  private final Clock clock;
  private final EmuTables tables;
  private final Set<Class<? extends Capability>> capabilities;
  private final String address;
  private final Fetch fetch;
  private final Map<ObisCode, RingReading<?>> readings = new HashMap<>();
  private Identification identification;
  private boolean announces;

  EmuSession(
      Clock clock,
      EmuTables tables,
      Set<Class<? extends Capability>> capabilities,
      String address,
      Fetch fetch) {
    this.clock = clock;
    this.tables = tables;
    this.capabilities = capabilities;
    this.address = address;
    this.fetch = fetch;
  }

  @Override
  public <C extends Capability> Optional<C> as(Class<C> capability) {
    return capabilities.contains(capability)
        ? Optional.of(capability.cast(this))
        : Optional.empty();
  }

  @Override
  public ReadResult<Identification> identify() {
    var result =
        then(status(), status -> StatusJson.identification(status, tables.model(), address));
    if (result instanceof ReadResult.Complete<Identification> complete) {
      identification = complete.value();
    }
    return result;
  }

  @Override
  public ReadResult<Map<String, String>> readSettings() {
    return then(
        status(),
        status ->
            then(
                StatusJson.identification(status, tables.model(), address),
                meter -> ReadResult.complete(StatusJson.settings(status))));
  }

  private ReadResult<JsonObject> status() {
    var answer = fetch.get(StatusJson.PATH, JsonText.LARGEST);
    announces |= answer.announced();
    if (!answer.complete() && answer.fault().kind() == Kind.UNSUPPORTED) {
      return ReadResult.failed(
          Kind.INVALID_DATA, address + " answers, but does not have " + StatusJson.PATH);
    }
    return JsonText.object(answer, address + StatusJson.PATH);
  }

  @Override
  public List<Channel> registers() {
    return tables.registerChannels();
  }

  @Override
  public ReadResult<RegisterReading> readRegisters() {
    return then(meterData(), data -> MeterDataJson.reading(data, tables.registers(), address));
  }

  @Override
  public ReadResult<Instant> readClock() {
    return then(meterData(), data -> MeterDataJson.clock(data, address));
  }

  private ReadResult<JsonObject> meterData() {
    var answer = fetch.get(MeterDataJson.PATH, JsonText.LARGEST);
    return JsonText.object(answer, address + MeterDataJson.PATH);
  }

  @Override
  public Set<ObisCode> loadProfiles() {
    return Set.of(LOAD_PROFILE);
  }

  @Override
  public ReadResult<Block<LoadProfile>> readLoadProfile(ObisCode profile, Cursor cursor) {
    if (!LOAD_PROFILE.equals(profile)) {
      return ReadResult.failed(Kind.UNSUPPORTED, address + " has no load profile " + profile);
    }
    return then(
        then(profileReading(), reading -> page(reading, cursor)),
        page -> result(page, new ProfileBlock(tables, page).block()));
  }

  @Override
  public ReadResult<Cursor> seek(ObisCode log, Instant from, Cursor archived) {
    if (LOAD_PROFILE.equals(log)) {
      return then(
          profileReading(),
          reading -> reading.seek(periodEnd -> periodEnd.isAfter(from), archived));
    }
    if (LOGBOOK.equals(log)) {
      return then(logbookReading(), reading -> reading.seek(at -> !at.isBefore(from), archived));
    }
    return ReadResult.failed(
        Kind.UNSUPPORTED, address + " has neither load profile nor logbook " + log);
  }

  private ReadResult<RingReading<DataFormat.Captured>> profileReading() {
    return reading(LOAD_PROFILE, "/data/", DATA_PAGE, tables.data());
  }

  private ReadResult<RingReading<LogbookFormat.Line>> logbookReading() {
    return reading(LOGBOOK, "/logbook/", LOGBOOK_PAGE, tables.logbook());
  }

  @Override
  public Set<ObisCode> logbooks() {
    return Set.of(LOGBOOK);
  }

  @Override
  public ReadResult<Block<List<LoggedEvent>>> readLogbook(ObisCode logbook, Cursor cursor) {
    if (!LOGBOOK.equals(logbook)) {
      return ReadResult.failed(Kind.UNSUPPORTED, address + " has no logbook " + logbook);
    }
    return then(
        then(logbookReading(), reading -> page(reading, cursor)),
        page -> result(page, lines(page)));
  }

  private static Block<List<LoggedEvent>> lines(RingReading.Page<LogbookFormat.Line> page) {
    var events = new ArrayList<LoggedEvent>();
    for (LogRow<LogbookFormat.Line> row : page.fresh()) {
      var sequence = page.next().sequence(row.index());
      for (int code : row.value().codes()) {
        events.add(new LoggedEvent(LOGBOOK, row.at(), sequence, code, row.value().detail()));
      }
    }
    return new Block<>(
        List.copyOf(events), page.next(), page.more(), List.of(), page.findings(), page.refused());
  }

  private static <T> ReadResult<RingReading.Page<T>> page(RingReading<T> reading, Cursor cursor) {
    var page = reading.read(cursor);
    return page.failed() ? new ReadResult.Failed<>(page.fault()) : ReadResult.complete(page);
  }

  /** Rows are known by the serial number in them, so the meter is asked for its own first. */
  private <T> ReadResult<RingReading<T>> reading(
      ObisCode log, String path, int size, RowFormat<T> format) {
    var known = identification == null ? identify() : ReadResult.complete(identification);
    return then(
        known,
        meter -> {
          @SuppressWarnings("unchecked") // each log is read with its own format only
          var reading =
              (RingReading<T>)
                  readings.computeIfAbsent(
                      log, key -> reading(path, size, format, meter.serialNumber()));
          return ReadResult.complete(reading);
        });
  }

  private <T> RingReading<T> reading(String path, int size, RowFormat<T> format, String serial) {
    Function<String, Answer> transport = query -> fetch.get(query, HttpTransport.LARGEST_BODY);
    var csv = new CsvText<>(format, serial, () -> clock.instant().plus(AHEAD), 2 * size + 1);
    return new RingReading<>(
        new RingBuffer<>(transport, path, address, size, csv, () -> announces));
  }

  private static <T> ReadResult<T> result(RingReading.Page<?> page, T value) {
    Fault fault = page.fault();
    return fault == null ? ReadResult.complete(value) : new ReadResult.Partial<>(value, fault);
  }

  private static <A, B> ReadResult<B> then(ReadResult<A> result, Function<A, ReadResult<B>> next) {
    return result.fold(
        complete -> next.apply(complete.value()),
        partial -> new ReadResult.Failed<>(partial.fault()),
        failed -> new ReadResult.Failed<>(failed.fault()));
  }

  @Override
  public void close() {
    readings.clear();
  }
}
