package org.meterledger.charging;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A signed record in the Open Charge Metering Format, revisions 0.1 to 1.4. What is typed here is
 * for reading; what counts is the text.
 *
 * @param text as received, every character of it
 * @param payload the part between the bars, as received: the bytes that were signed, in UTF-8
 * @param formatVersion FV, as {@code 1.0}; null where the record does not tell it
 * @param gateway what signed
 * @param meter what measured
 * @param pagination PG; null where the record has none that can be read
 * @param identification of who charged
 * @param tariffText TT; null where there is none
 * @param readings RD in their order, at most {@value #MOST_READINGS}
 * @param signature the last section, which nothing protects
 */
public record OcmfRecord(
    String text,
    String payload,
    String formatVersion,
    Gateway gateway,
    Instrument meter,
    Pagination pagination,
    Identification identification,
    String tariffText,
    List<OcmfReading> readings,
    Signature signature) {

  /** In characters; a record of six readings has about 900. */
  public static final int LONGEST = 65_536;

  public static final int MOST_READINGS = 500;

  public OcmfRecord {
    Objects.requireNonNull(text);
    Objects.requireNonNull(payload);
    readings = List.copyOf(readings);
  }

  /**
   * What signed the record. Each part is null where the record does not tell it, and may be empty.
   *
   * @param identification GI, in revision 0.1 VI: maker and model
   * @param serialNumber GS
   * @param version GV, in revision 0.1 VV
   */
  public record Gateway(String identification, String serialNumber, String version) {}

  /**
   * The meter. Each part is null where the record does not tell it, and may be empty.
   *
   * @param vendor MV
   * @param model MM
   * @param serialNumber MS
   * @param firmware MF
   */
  public record Instrument(String vendor, String model, String serialNumber, String firmware) {}

  /**
   * Where the record stands among all that were signed.
   *
   * @param context T of transactions, F of fiscal readings; each has its own count
   * @param number 0 and up
   */
  public record Pagination(char context, long number) {

    /** Of readings that belong to charging sessions. */
    public boolean ofTransaction() {
      return context == 'T';
    }

    /** As in the record, {@code T123}. */
    @Override
    public String toString() {
      return context + Long.toString(number);
    }
  }

  /**
   * Who charged, and how well that is known. Each part is null where the record does not tell it.
   *
   * @param assigned IS
   * @param level IL, in revision 0.1 IS: as {@code VERIFIED}
   * @param flags IF, as {@code RFID_PLAIN}; empty where there are none
   * @param type IT, as {@code ISO14443}
   * @param data ID: the mark itself, personal data
   */
  public record Identification(
      Boolean assigned, String level, List<String> flags, String type, String data) {
    public Identification {
      flags = List.copyOf(flags);
    }
  }

  /**
   * The section that holds the signature. Each part is null where the record does not tell it.
   *
   * @param algorithm SA; {@value #DEFAULT_ALGORITHM} where it is null
   * @param encoding SE: {@code hex}, also where it is null, or {@code base64}
   * @param mimeType SM; {@value #DER} where it is null
   * @param data SD
   */
  public record Signature(String algorithm, String encoding, String mimeType, String data) {

    static final String DEFAULT_ALGORITHM = "ECDSA-secp256r1-SHA256";
    static final String DER = "application/x-der";
  }

  /**
   * @throws NotOcmf where it is none; tells the rule, the field and the place
   */
  public static OcmfRecord of(String text) throws NotOcmf {
    return new OcmfText(text).read();
  }

  /**
   * @param bytes the text in UTF-8
   * @throws NotOcmf where it is none; tells the rule, the field and the place
   */
  public static OcmfRecord of(byte[] bytes) throws NotOcmf {
    if (bytes.length > 4 * LONGEST) {
      throw new NotOcmf(
          NotOcmf.Rule.TOO_LONG, "", LONGEST, "A record has at most " + LONGEST + " characters");
    }
    var buffer = ByteBuffer.wrap(bytes);
    try {
      return of(StandardCharsets.UTF_8.newDecoder().decode(buffer).toString());
    } catch (CharacterCodingException e) {
      throw new NotOcmf(
          NotOcmf.Rule.NO_UTF8, "", buffer.position(), "The record is not written in UTF-8");
    }
  }

  /** MS and GS as far as the record tells them, MS first; a record names at least one of them. */
  public List<String> serialNumbers() {
    return Stream.of(meter.serialNumber(), gateway.serialNumber())
        .filter(each -> each != null && !each.isBlank())
        .map(String::trim)
        .distinct()
        .toList();
  }

  /** What was signed. */
  byte[] signedBytes() {
    return payload.getBytes(StandardCharsets.UTF_8);
  }
}
