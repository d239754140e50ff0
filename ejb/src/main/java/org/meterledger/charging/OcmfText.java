package org.meterledger.charging;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.meterledger.charging.JsonSection.Digits;
import org.meterledger.charging.JsonSection.Value;
import org.meterledger.charging.NotOcmf.Rule;

/**
 * Takes a text apart. What meters are seen to write otherwise than the format says is taken too:
 * numbers as texts with blanks and texts as numbers, names of revision 0.1, empty fields, names
 * that the format does not know.
 */
final class OcmfText {

  private static final String HEADER = "OCMF|";
  private static final Pattern PAGINATION = Pattern.compile("\\s*([A-Za-z])(\\d{1,18})\\s*");
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?\\d{1,30}(\\.\\d{0,30})?([eE][+-]?\\d{1,2})?");
  private static final Pattern TIME =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(?:[,.](\\d{1,9}))?"
              + "(?:Z|([+-]\\d\\d):?(\\d\\d))(?:\\s*([A-Za-z]))?\\s*");

  private final String text;

  OcmfText(String text) {
    this.text = text;
  }

  OcmfRecord read() throws NotOcmf {
    if (text.length() > OcmfRecord.LONGEST) {
      throw new NotOcmf(
          Rule.TOO_LONG,
          "",
          OcmfRecord.LONGEST,
          "A record has at most " + OcmfRecord.LONGEST + " characters");
    }
    if (!text.startsWith(HEADER)) {
      throw new NotOcmf(Rule.NO_HEADER, "", 0, "A record begins with " + HEADER);
    }
    encodable();
    var bar = text.indexOf('|', HEADER.length());
    var further = bar < 0 ? -1 : text.indexOf('|', bar + 1);
    if (bar < 0 || further >= 0) {
      throw new NotOcmf(
          Rule.SECTIONS,
          "",
          bar < 0 ? text.length() : further,
          "A record has three sections, and no bar within them");
    }
    var payload = text.substring(HEADER.length(), bar);
    return record(
        payload,
        new Fields("", JsonSection.parse(payload, HEADER.length())),
        new Fields("", JsonSection.parse(text.substring(bar + 1), bar + 1)));
  }

  /** A half of a character pair has no bytes that could have been signed. */
  private void encodable() throws NotOcmf {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      return;
    }
    var at = 0;
    while (Character.getType(text.codePointAt(at)) != Character.SURROGATE) {
      at += Character.charCount(text.codePointAt(at));
    }
    throw new NotOcmf(Rule.NO_UTF8, "", at, "The record cannot be written in UTF-8");
  }

  private OcmfRecord record(String payload, Fields fields, Fields signature) throws NotOcmf {
    return new OcmfRecord(
        text,
        payload,
        fields.text("FV"),
        new OcmfRecord.Gateway(fields.text("GI", "VI"), fields.text("GS"), fields.text("GV", "VV")),
        new OcmfRecord.Instrument(
            fields.text("MV"), fields.text("MM"), fields.text("MS"), fields.text("MF")),
        pagination(fields.text("PG")),
        identification(fields),
        fields.text("TT"),
        readings(fields.list("RD")),
        new OcmfRecord.Signature(
            signature.text("SA"),
            signature.text("SE"),
            signature.text("SM"),
            signature.text("SD")));
  }

  private static OcmfRecord.Pagination pagination(String text) {
    var parts = PAGINATION.matcher(text == null ? "" : text);
    return parts.matches()
        ? new OcmfRecord.Pagination(
            Character.toUpperCase(parts.group(1).charAt(0)), Long.parseLong(parts.group(2)))
        : null;
  }

  private static OcmfRecord.Identification identification(Fields fields) throws NotOcmf {
    var status = fields.text("IS");
    var assigned = "true".equals(status) || "false".equals(status) ? Boolean.valueOf(status) : null;
    var level = fields.text("IL");
    var flags = new ArrayList<String>();
    var list = fields.list("IF");
    for (int i = 0; i < list.size(); i++) {
      flags.add(
          new Fields("IF", Map.of(Integer.toString(i), list.get(i))).text(Integer.toString(i)));
    }
    flags.removeIf(each -> each == null);
    return new OcmfRecord.Identification(
        assigned,
        level == null && assigned == null ? status : level,
        flags,
        fields.text("IT"),
        fields.text("ID"));
  }

  private static List<OcmfReading> readings(List<Value> list) throws NotOcmf {
    if (list.size() > OcmfRecord.MOST_READINGS) {
      throw new NotOcmf(
          Rule.TOO_MANY_READINGS,
          "RD",
          list.get(OcmfRecord.MOST_READINGS).position(),
          "A record has at most " + OcmfRecord.MOST_READINGS + " readings");
    }
    var readings = new ArrayList<OcmfReading>();
    OcmfReading before = null;
    for (int i = 0; i < list.size(); i++) {
      before = reading(Fields.of("RD[" + i + "]", list.get(i)), before);
      readings.add(before);
    }
    return readings;
  }

  private static OcmfReading reading(Fields fields, OcmfReading before) throws NotOcmf {
    var first = before == null;
    var timeText = fields.has("TM") || first ? fields.text("TM") : before.timeText();
    var time = TIME.matcher(timeText == null ? "" : timeText);
    var read = time.matches();
    var transaction =
        fields.has("TX") || first ? transaction(fields.text("TX")) : before.transaction();
    return new OcmfReading(
        timeText,
        read ? time(time.group(1), time.group(2), time.group(3), time.group(4)) : null,
        read && time.group(5) != null ? OcmfReading.TimeStatus.of(time.group(5).charAt(0)) : null,
        transaction,
        fields.number("RV"),
        fields.has("RI") || first ? fields.text("RI") : before.identification(),
        fields.has("RU") || first ? fields.text("RU") : before.unit(),
        fields.has("RT") || first ? fields.text("RT") : before.currentType(),
        fields.number("CL"),
        fields.has("EF") || first ? fields.text("EF") : before.errorFlags(),
        fields.has("ST") || first ? fields.text("ST") : before.status());
  }

  private static OcmfReading.Transaction transaction(String text) {
    return text == null ? null : OcmfReading.Transaction.of(text);
  }

  /** Null for a day or an hour that there is not. */
  private static OffsetDateTime time(
      String local, String fraction, String offsetHours, String offsetMinutes) {
    try {
      return OffsetDateTime.parse(
          local
              + (fraction == null ? "" : "." + fraction)
              + (offsetHours == null ? "Z" : offsetHours + ":" + offsetMinutes));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The members of an object, by name. */
  private record Fields(String path, Map<String, Value> members) {

    @SuppressWarnings("unchecked") // an object is nothing else, see JsonSection.parse
    static Fields of(String path, Value value) throws NotOcmf {
      if (value.content() instanceof Map<?, ?> members) {
        return new Fields(path, (Map<String, Value>) members);
      }
      throw new NotOcmf(Rule.FIELD, path, value.position(), path + " must be an object");
    }

    private String field(String name) {
      return path.isEmpty() ? name : path + "." + name;
    }

    boolean has(String name) {
      return members.containsKey(name);
    }

    /** A number as it was written, a boolean as a word; null where it is missing or null. */
    String text(String name) throws NotOcmf {
      var value = members.get(name);
      if (value == null || value.content() == null) {
        return null;
      }
      if (value.content() instanceof List || value.content() instanceof Map) {
        throw new NotOcmf(
            Rule.FIELD, field(name), value.position(), field(name) + " must be a text");
      }
      return value.content() instanceof Digits digits ? digits.text() : value.content().toString();
    }

    /** By the name of today, else by that of revision 0.1. */
    String text(String name, String formerly) throws NotOcmf {
      return text(has(name) ? name : formerly);
    }

    /** With the digits that were written; null where it is missing, null or empty. */
    BigDecimal number(String name) throws NotOcmf {
      var text = text(name);
      if (text == null || text.isBlank()) {
        return null;
      }
      if (NUMBER.matcher(text.trim()).matches()) {
        return new BigDecimal(text.trim());
      }
      throw new NotOcmf(
          Rule.FIELD,
          field(name),
          members.get(name).position(),
          field(name) + " must be a number of at most 30 digits before and after the point");
    }

    /** Empty where it is missing or null. */
    @SuppressWarnings("unchecked") // an array is nothing else, see JsonSection.parse
    List<Value> list(String name) throws NotOcmf {
      var value = members.get(name);
      if (value == null || value.content() == null) {
        return List.of();
      }
      if (value.content() instanceof List<?> elements) {
        return (List<Value>) elements;
      }
      throw new NotOcmf(Rule.FIELD, field(name), value.position(), field(name) + " must be a list");
    }
  }
}
