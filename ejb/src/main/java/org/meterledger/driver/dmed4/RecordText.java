package org.meterledger.driver.dmed4;

import java.util.Optional;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** The little that a reader of a log must know of a record; the text itself is not touched. */
record RecordText(String text, JsonAnswer payload) {

  private static final String HEAD = "OCMF|";

  /** INVALID_DATA where the text is no record. */
  static ReadResult<RecordText> of(String text, String what) {
    var end = text.indexOf('|', HEAD.length());
    if (!text.startsWith(HEAD) || end < 0) {
      return ReadResult.failed(Kind.INVALID_DATA, what + " gives no OCMF record");
    }
    return JsonAnswer.of(text.substring(HEAD.length(), end))
        .map(payload -> ReadResult.complete(new RecordText(text, payload)))
        .orElseGet(
            () ->
                ReadResult.failed(Kind.INVALID_DATA, what + " gives an OCMF record without data"));
  }

  /** The digits of the pagination, as in {@code T12}; empty where there are none. */
  Optional<Long> pagination() {
    return payload
        .text("PG")
        .map(String::strip)
        .filter(page -> page.matches("[A-Za-z]?\\d{1,15}"))
        .map(page -> Long.valueOf(page.replaceAll("\\D", "")));
  }

  /** Of the meter, or of the gateway where the record names none; empty where it names neither. */
  Optional<String> serialNumber() {
    return payload
        .text("MS")
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .or(() -> payload.text("GS").map(String::strip).filter(text -> !text.isEmpty()));
  }
}
