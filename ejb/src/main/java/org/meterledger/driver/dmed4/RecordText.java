package org.meterledger.driver.dmed4;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.meterledger.driver.Fault.Kind;
import org.meterledger.driver.ReadResult;

/** The little that a reader of a log must know of a record; the text itself is not touched. */
record RecordText(String text, JsonAnswer payload) {

  private static final String HEAD = "OCMF|";

  /** INVALID_DATA where the text is no record: one that was cut is none. */
  static ReadResult<RecordText> of(String text, String what) {
    var end = text.indexOf('|', HEAD.length());
    if (!text.startsWith(HEAD) || end < 0) {
      return ReadResult.failed(Kind.INVALID_DATA, what + " gives no OCMF record");
    }
    if (JsonAnswer.of(text.substring(end + 1)).isEmpty()) {
      return ReadResult.failed(Kind.INVALID_DATA, what + " gives an OCMF record without signature");
    }
    return JsonAnswer.of(text.substring(HEAD.length(), end))
        .map(payload -> ReadResult.complete(new RecordText(text, payload)))
        .orElseGet(
            () ->
                ReadResult.failed(Kind.INVALID_DATA, what + " gives an OCMF record without data"));
  }

  /** The same of bytes; INVALID_DATA too where they are no UTF-8, which to replace would change. */
  static ReadResult<RecordText> of(byte[] bytes, String what) {
    return utf8(bytes)
        .map(text -> of(text, what))
        .orElseGet(
            () -> ReadResult.failed(Kind.INVALID_DATA, what + " gives bytes that are no UTF-8"));
  }

  /** Empty where they are none. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
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
