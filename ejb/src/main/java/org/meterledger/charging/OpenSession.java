package org.meterledger.charging;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.meterledger.charging.OcmfReading.Transaction;
import org.meterledger.charging.SessionFinding.Code;

/** A session while its records come in. */
final class OpenSession {

  /** The display of a DMED4 has eight digits before the point, in kWh (manual, register 4201). */
  private static final Map<String, BigDecimal> DISPLAY =
      Map.of("kWh", BigDecimal.TEN.pow(8), "Wh", BigDecimal.TEN.pow(11));

  private final List<SessionRecord> records = new ArrayList<>();
  private final List<SessionFinding> findings = new ArrayList<>();

  /** Two records may be of one session though each tells the begin: it is the same begin. */
  boolean hasBegunWith(SessionRecord other) {
    var first = begin(records);
    return first.isPresent()
        && begin(List.of(other))
            .filter(
                begin ->
                    Objects.equals(begin.timeText(), first.get().timeText())
                        && Objects.equals(begin.identification(), first.get().identification()))
            .isPresent();
  }

  void add(SessionRecord signed, List<SessionFinding> numbers) {
    findings.addAll(numbers);
    if (!records.isEmpty()) {
      compare(records.get(0), signed);
    }
    records.add(signed);
    signed.record().readings().forEach(reading -> judge(signed, reading));
  }

  /** Something about the session as a whole. */
  void tell(Code code) {
    findings.add(new SessionFinding(code, records.get(records.size() - 1)));
  }

  private void compare(SessionRecord first, SessionRecord next) {
    var serialNumbers = first.record().serialNumbers();
    if (!serialNumbers.equals(next.record().serialNumbers())) {
      tell(
          Code.SERIAL_NUMBER_DIFFERS,
          next,
          String.join(" / ", serialNumbers),
          String.join(" / ", next.record().serialNumbers()));
    }
    if (!Objects.equals(first.keyFingerprint(), next.keyFingerprint())) {
      tell(
          Code.KEY_DIFFERS,
          next,
          Objects.requireNonNullElse(first.keyFingerprint(), "–"),
          Objects.requireNonNullElse(next.keyFingerprint(), "–"));
    }
    var mark = next.record().identification().data();
    if (mark != null
        && !mark.isBlank()
        && records.stream()
            .map(each -> each.record().identification().data())
            .anyMatch(each -> each != null && !each.isBlank() && !each.equals(mark))) {
      tell(Code.IDENTIFICATION_DIFFERS, next);
    }
  }

  private void judge(SessionRecord signed, OcmfReading reading) {
    var timeText = reading.timeText() == null ? "–" : reading.timeText();
    if (reading.time() == null) {
      tell(Code.TIME_UNREADABLE, signed, timeText);
    } else if (reading.timeStatus() == null
        || reading.timeStatus() == OcmfReading.TimeStatus.UNKNOWN) {
      tell(Code.TIME_UNKNOWN, signed, timeText);
    } else if (reading.timeStatus() == OcmfReading.TimeStatus.INFORMATIVE) {
      tell(Code.TIME_INFORMATIVE, signed, timeText);
    }
    if (reading.transaction() == Transaction.EXCEPTION) {
      tell(Code.EXCEPTION, signed);
    }
    if (reading.errorFlags() != null && !reading.errorFlags().isBlank()) {
      tell(Code.ERROR_FLAGS, signed, reading.errorFlags());
    }
    if (!reading.good()) {
      tell(Code.METER_STATUS, signed, reading.status() == null ? "–" : reading.status());
    }
  }

  /** Each reading of a record may tell the same; once is enough. */
  private void tell(Code code, SessionRecord signed, String... values) {
    var finding = new SessionFinding(code, signed, values);
    if (!findings.contains(finding)) {
      findings.add(finding);
    }
  }

  /**
   * @param last by device and OBIS code, where the register stood when the session before ended;
   *     what this one leaves is put there
   */
  ChargingSession session(Map<List<Object>, SessionEnergy> last) {
    var energies = new ArrayList<SessionEnergy>();
    for (var name : registers()) {
      EnergyRegister.of(name)
          .map(register -> energy(name, register))
          .ifPresent(
              energy -> {
                follow(energy, last);
                energies.add(energy);
              });
    }
    records.stream().filter(SessionRecord::rolledOver).forEach(this::rolledOver);
    return new ChargingSession(
        records, begin(records).orElse(null), end().orElse(null), energies, findings);
  }

  /** The meter does not say which register it was, but values do. */
  private void rolledOver(SessionRecord signed) {
    if (findings.stream().noneMatch(each -> each.code() == Code.ROLLED_OVER)) {
      tell(Code.ROLLED_OVER, signed, "–");
    }
  }

  /** The OBIS codes that are read at begin or end, as written, in their order. */
  private List<String> registers() {
    return readings(records)
        .filter(each -> each.transaction() == Transaction.BEGIN || ends(each))
        .map(OcmfReading::identification)
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private SessionEnergy energy(String name, EnergyRegister register) {
    var begin = first(name, false);
    var end = first(name, true);
    begin.ifPresent(each -> told(name, each));
    var atBegin = begin.map(OcmfReading::value).orElse(null);
    var atEnd = end.map(OcmfReading::value).orElse(null);
    var unit = end.or(() -> begin).map(OcmfReading::unit).orElse(null);
    return new SessionEnergy(
        name,
        register,
        atBegin,
        atEnd,
        register.ofSession() ? atEnd : difference(name, begin.orElse(null), end.orElse(null)),
        unit);
  }

  private BigDecimal difference(String name, OcmfReading begin, OcmfReading end) {
    if (begin == null || end == null || begin.value() == null || end.value() == null) {
      return null;
    }
    var closing = records.get(records.size() - 1);
    if (!Objects.equals(begin.unit(), end.unit())) {
      tell(
          Code.UNIT_DIFFERS,
          closing,
          name,
          Objects.requireNonNullElse(begin.unit(), "–"),
          Objects.requireNonNullElse(end.unit(), "–"));
      return null;
    }
    var display = display(end.unit());
    if (display != null
        && begin.value().compareTo(display) < 0
        && end.value().compareTo(display) >= 0) {
      tell(Code.ROLLED_OVER, closing, name);
    }
    if (end.value().compareTo(begin.value()) < 0) {
      tell(
          Code.VALUE_WENT_BACK,
          closing,
          name,
          begin.value().toPlainString(),
          end.value().toPlainString());
      return null;
    }
    return end.value().subtract(begin.value());
  }

  /** Whether every record that tells the begin tells the same. */
  private void told(String name, OcmfReading begin) {
    for (var signed : records) {
      var here =
          readings(List.of(signed))
              .filter(each -> each.transaction() == Transaction.BEGIN)
              .filter(each -> name.equals(each.identification()) && each.value() != null)
              .findFirst();
      if (here.isPresent()
          && begin.value() != null
          && here.get().value().compareTo(begin.value()) != 0) {
        tell(
            Code.BEGIN_DIFFERS,
            signed,
            name,
            begin.value().toPlainString(),
            here.get().value().toPlainString());
      }
    }
  }

  private void follow(SessionEnergy energy, Map<List<Object>, SessionEnergy> last) {
    if (energy.register().ofSession()) {
      return;
    }
    List<Object> place = List.of(records.get(0).record().serialNumbers(), energy.identification());
    var former = last.get(place);
    if (former != null
        && energy.begin() != null
        && Objects.equals(former.unit(), energy.unit())
        && energy.begin().compareTo(shown(former)) < 0) {
      tell(
          Code.REGISTER_WENT_BACK,
          records.get(0),
          energy.identification(),
          former.end().toPlainString(),
          energy.begin().toPlainString());
    }
    if (energy.end() != null) {
      last.put(place, energy);
    }
  }

  /** The end as the display has it, from which the next session goes on. */
  private static BigDecimal shown(SessionEnergy energy) {
    var display = display(energy.unit());
    return display == null ? energy.end() : energy.end().remainder(display);
  }

  private static BigDecimal display(String unit) {
    return unit == null ? null : DISPLAY.get(unit);
  }

  private Optional<OcmfReading> first(String name, boolean atEnd) {
    return readings(records)
        .filter(each -> atEnd ? ends(each) : each.transaction() == Transaction.BEGIN)
        .filter(each -> name.equals(each.identification()))
        .findFirst();
  }

  private static Optional<OcmfReading> begin(List<SessionRecord> records) {
    return readings(records).filter(each -> each.transaction() == Transaction.BEGIN).findFirst();
  }

  private Optional<OcmfReading> end() {
    return readings(records).filter(OpenSession::ends).findFirst();
  }

  private static boolean ends(OcmfReading reading) {
    return reading.transaction() != null && reading.transaction().ends();
  }

  private static Stream<OcmfReading> readings(List<SessionRecord> records) {
    return records.stream().flatMap(each -> each.record().readings().stream());
  }
}
