package org.meterledger.simulators.dmed4;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The fields that a charging station sets before the charge begins, and the records with them. */
final class OcmfInput {
  /** Ten bits tell the length of a record in the log. */
  static final int MOST_BYTES = 1023;

  private static final String READINGS = "RD";
  private static final List<String> SIGNATURE = List.of("SA", "SE", "SD");

  /** What the readings and a signature in hex need at most, with all bars. */
  private static final int READINGS_AND_SIGNATURE = 690;

  private final Map<String, String> fields = new LinkedHashMap<>();
  private final String identification;

  private OcmfInput(JsonObject given) {
    given.forEach((name, value) -> fields.put(name, value.toString()));
    fields.remove(READINGS);
    SIGNATURE.forEach(fields::remove);
    identification = given.get("ID") instanceof JsonString id ? id.getString() : "";
  }

  /** What an input is good for: its fields, or the bit of error dword 1 that it raises. */
  record Verdict(OcmfInput input, int error) {}

  static Verdict read(byte[] bytes) {
    for (byte each : bytes) {
      if (each < ' ' || each == '|') {
        return new Verdict(null, each == '|' ? ChargeStatus.JSON_VALUE : ChargeStatus.JSON_SYNTAX);
      }
    }
    JsonObject given = Fields.object(new String(bytes, StandardCharsets.US_ASCII)).orElse(null);
    if (given == null) {
      return new Verdict(null, ChargeStatus.JSON_SYNTAX);
    }
    OcmfInput input = new OcmfInput(given);
    return input.fits(given) ? new Verdict(input, 0) : new Verdict(null, ChargeStatus.JSON_VALUE);
  }

  private boolean fits(JsonObject given) {
    return given.get("FV") instanceof JsonString
        && readingsAreEmptyAndLast(given)
        && header(9_999_999, Dmed4Model.DMED404R1500, 4_294_967_295L).length()
                + READINGS_AND_SIGNATURE
            <= MOST_BYTES;
  }

  /** RD, SA, SE and SD are the meter's; only their places may be kept, at the end. */
  private static boolean readingsAreEmptyAndLast(JsonObject given) {
    boolean ending = false;
    for (Map.Entry<String, JsonValue> each : given.entrySet()) {
      boolean own = each.getKey().equals(READINGS) || SIGNATURE.contains(each.getKey());
      if (ending && !own) {
        return false;
      }
      ending |= own;
      if (own
          && !each.getValue().toString().equals("\"\"")
          && !(each.getValue() instanceof JsonArray readings && readings.isEmpty())) {
        return false;
      }
    }
    return true;
  }

  String identification() {
    return identification;
  }

  /**
   * The signed part of a record.
   *
   * @param page number of the record, which OCMF calls pagination
   * @param readings what {@code RD} holds
   */
  String payload(long page, Dmed4Model model, long serialNumber, String readings) {
    return header(page, model, serialNumber) + ",\"RD\":[" + readings + "]}";
  }

  private String header(long page, Dmed4Model model, long serialNumber) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("PG", "\"T" + page + "\"");
    all.put("MV", "\"LOVATO\"");
    all.put("MM", "\"" + model + "\"");
    all.put("MS", "\"" + serialNumber + "\"");
    StringBuilder header = new StringBuilder("{");
    all.forEach(
        (name, value) ->
            header
                .append(header.length() == 1 ? "\"" : ",\"")
                .append(name)
                .append("\":")
                .append(value));
    return header.toString();
  }
}
