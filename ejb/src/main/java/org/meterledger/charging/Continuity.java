package org.meterledger.charging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.charging.SessionFinding.Code;

/**
 * Whether the numbers of the records go on without a gap. Each signing device and each context has
 * a count of its own.
 */
final class Continuity {

  /** Of one device and context. */
  private record Count(List<String> serialNumbers, char context) {}

  /** What a record is known by. */
  private record Place(Count count, long number) {}

  private final List<SessionFinding> findings = new ArrayList<>();
  private final Map<SessionRecord, List<SessionFinding>> before = new HashMap<>();
  private final List<SessionRecord> records = new ArrayList<>();

  /**
   * @param given in the order in which they were signed
   */
  Continuity(List<SessionRecord> given) {
    var places = new LinkedHashMap<Object, SessionRecord>();
    for (var each : given) {
      var place = place(each);
      if (place == null) {
        places.putIfAbsent(each.record().text(), each); // without a number, by its text
      } else {
        places.merge(place, each, this::one);
      }
    }
    records.addAll(places.values());
    var last = new HashMap<Count, Long>();
    records.forEach(each -> follow(each, last));
  }

  private static Place place(SessionRecord signed) {
    var pagination = signed.record().pagination();
    return pagination == null
        ? null
        : new Place(
            new Count(signed.record().serialNumbers(), pagination.context()), pagination.number());
  }

  /** Of two with the same number the first, unless only the second is the meter's. */
  private SessionRecord one(SessionRecord first, SessionRecord second) {
    if (first.record().text().equals(second.record().text())) {
      return first;
    }
    var chosen = !first.verdict().valid() && second.verdict().valid() ? second : first;
    var finding = new SessionFinding(Code.NUMBER_REPEATED, chosen);
    var told = before.remove(first);
    var list = told == null ? new ArrayList<SessionFinding>() : told;
    if (!list.contains(finding)) {
      list.add(finding);
      findings.add(finding);
    }
    before.put(chosen, list);
    return chosen;
  }

  private void follow(SessionRecord signed, Map<Count, Long> last) {
    var place = place(signed);
    if (place == null) {
      add(signed, new SessionFinding(Code.NO_NUMBER, signed));
      return;
    }
    var former = last.put(place.count(), place.number());
    if (former != null && place.number() < former) {
      add(
          signed,
          new SessionFinding(
              Code.NUMBER_WENT_BACK, signed, place.count().context() + Long.toString(former)));
    } else if (former != null && place.number() > former + 1) {
      add(
          signed,
          new SessionFinding(
              Code.GAP,
              signed,
              place.count().context() + Long.toString(former + 1),
              place.count().context() + Long.toString(place.number() - 1)));
    }
  }

  private void add(SessionRecord signed, SessionFinding finding) {
    findings.add(finding);
    before.computeIfAbsent(signed, any -> new ArrayList<>()).add(finding);
  }

  /** Each once. */
  List<SessionRecord> records() {
    return records;
  }

  /** Of all records. */
  List<SessionFinding> findings() {
    return findings;
  }

  /** What was found when this record came. */
  List<SessionFinding> at(SessionRecord signed) {
    return before.getOrDefault(signed, List.of());
  }
}
