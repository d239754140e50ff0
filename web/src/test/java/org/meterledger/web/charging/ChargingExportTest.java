package org.meterledger.web.charging;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.meterledger.charging.ArchivedRecord;
import org.meterledger.charging.ChargingSessions.Listed;
import org.meterledger.charging.JudgedRecord;
import org.meterledger.charging.MeterKeys;
import org.meterledger.charging.RecordDigest;
import org.meterledger.charging.SessionCheck;
import org.meterledger.charging.SessionRecord;
import org.meterledger.web.api.IsoTimes;

/** Exports of records, readings and sessions, to the byte. */
class ChargingExportTest {

  private static final String SERIAL = "=DMED-1";
  private static final Instant RECEIVED = Instant.parse("2026-11-20T09:00:00Z");
  private static final IsoTimes TIMES = new IsoTimes(ZoneId.of("Europe/Zurich"));
  private static final String BEGIN = record(7, "09:00:00", "B", "1.50");
  private static final String END = record(8, "09:30:00", "E", "3.75");

  private static String record(int page, String time, String transaction, String value) {
    return """
        OCMF|{"GS":"DMED-1","MS":"DMED-1","PG":"T%d","ID":"=1F2D","RD":[{"TM":\
        "2026-11-20T%s,000+0100 S","TX":"%s","RV":%s,"RI":"1-b:1.8.0","RU":"kWh","RT":"DC",\
        "ST":"G"}]}|{"SD":"00"}"""
        .formatted(page, time, transaction, value);
  }

  private static JudgedRecord judged(String text, String pagination) {
    var archived =
        new ArchivedRecord(
            RecordDigest.of(text),
            text.getBytes(StandardCharsets.UTF_8),
            pagination == null ? Instant.EPOCH : Instant.parse("2026-11-20T08:00:00Z"),
            pagination,
            31L,
            pagination == null ? null : (Boolean) pagination.equals("T8"),
            RECEIVED);
    return new MeterKeys(List.of(), null).judge(archived, "DMED-1");
  }

  private static RecordsExport export() {
    return new RecordsExport(
        consumer ->
            Stream.of(judged(BEGIN, "T7"), judged("OCMF|?", null)).forEach(consumer::accept),
        SERIAL,
        TIMES);
  }

  /** Writes into memory. */
  private interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  private static String written(Writing writing) throws IOException {
    var out = new ByteArrayOutputStream();
    writing.to(out);
    return out.toString(StandardCharsets.UTF_8);
  }

  private static JsonObject json(Writing writing) throws IOException {
    var out = new ByteArrayOutputStream();
    writing.to(out);
    return Json.createReader(new ByteArrayInputStream(out.toByteArray())).readObject();
  }

  @Test
  void recordsAsATable() throws IOException {
    assertThat(written(export()::csv))
        .isEqualTo(
            "serial_number,sha256,pagination,progressive,made_at,received_at,verdict,reason,"
                + "reason_values,intact,rolled_over,key_fingerprint,record\r\n"
                + "'=DMED-1,"
                + RecordDigest.of(BEGIN).hex()
                + ",T7,31,2026-11-20T09:00:00+01:00,2026-11-20T10:00:00+01:00,UNVERIFIABLE,NO_KEY,"
                + ",true,false,,\""
                + BEGIN.replace("\"", "\"\"")
                + "\"\r\n'=DMED-1,"
                + RecordDigest.of("OCMF|?").hex()
                + ",,31,,2026-11-20T10:00:00+01:00,UNVERIFIABLE,NOT_OCMF,"
                + String.join("; ", judged("OCMF|?", null).verdict().values())
                + ",true,,,OCMF|?\r\n");
  }

  @Test
  void recordsAsJsonHoldTheTextAsItWasSigned() throws IOException {
    var told = json(out -> export().json(out, new ListPart(5, 2, 9)));

    assertThat(told.getString("serialNumber")).isEqualTo(SERIAL);
    assertThat(told.getInt("first")).isEqualTo(5);
    assertThat(told.getInt("max")).isEqualTo(2);
    assertThat(told.getInt("total")).isEqualTo(9);
    var first = told.getJsonArray("records").getJsonObject(0);
    assertThat(first.getString("record")).isEqualTo(BEGIN);
    assertThat(first.getString("verdict")).isEqualTo("UNVERIFIABLE");
    assertThat(first.containsKey("keyFingerprint")).isFalse();
    assertThat(first.getBoolean("rolledOver")).isFalse();
    assertThat(told.getJsonArray("records").getJsonObject(1).containsKey("rolledOver")).isFalse();
    assertThat(told.getJsonArray("records").getJsonObject(1).containsKey("madeAt")).isFalse();
  }

  @Test
  void readingsKeepTheDigitsOfTheRecord() throws IOException {
    assertThat(written(export()::readingsCsv).lines().skip(1))
        .containsExactly(
            "'=DMED-1,"
                + RecordDigest.of(BEGIN).hex()
                + ",T7,1,2026-11-20T09:00:00+01:00,\"2026-11-20T09:00:00,000+0100 S\",SYNCHRONIZED,"
                + "BEGIN,1-b:1.8.0,1.50,kWh,DC,,G,UNVERIFIABLE");
    assertThat(written(out -> export().readingsJson(out, new ListPart(0, 100, 2))))
        .contains("\"value\":1.50,");
  }

  @Test
  void sessionsTellBeginEndEnergyAndFindings() throws IOException {
    var signed =
        Stream.of(judged(BEGIN, "T7"), judged(END, "T8"))
            .map(each -> new SessionRecord(each.read(), each.verdict(), null, false))
            .toList();
    var session = SessionCheck.of(signed).sessions().get(0);
    var listed = new Listed(session, List.of(RecordDigest.of(BEGIN), RecordDigest.of(END)));
    var export = new SessionsExport(List.of(listed), SERIAL, TIMES);

    assertThat(written(export::csv).lines().skip(1))
        .containsExactly(
            "'=DMED-1,T7,2026-11-20T09:00:00+01:00,2026-11-20T09:30:00+01:00,'=1F2D,2.25,kWh,,,"
                + "UNVERIFIABLE,,"
                + RecordDigest.of(BEGIN).hex()
                + " "
                + RecordDigest.of(END).hex());
    var told =
        json(out -> export.json(out, new ListPart(0, 1, 1)))
            .getJsonArray("sessions")
            .getJsonObject(0);
    assertThat(told.getBoolean("ended")).isTrue();
    assertThat(told.getJsonArray("energies").getJsonObject(0).get("energy")).hasToString("2.25");
    assertThat(told.getJsonArray("records")).hasSize(2);
  }

  @Test
  void sessionThatRolledOverTellsIt() throws IOException {
    var signed =
        Stream.of(judged(BEGIN, "T7"), judged(END, "T8"))
            .map(each -> new SessionRecord(each.read(), each.verdict(), null, each.rolledOver()))
            .toList();
    var session = SessionCheck.of(signed).sessions().get(0);
    var listed = new Listed(session, List.of(RecordDigest.of(BEGIN), RecordDigest.of(END)));
    var export = new SessionsExport(List.of(listed, listed, listed), SERIAL, TIMES);

    assertThat(written(export::csv)).contains("T8 ROLLED_OVER");
    var told = json(out -> export.json(out, new ListPart(1, 5, 3)));
    assertThat(told.getInt("total")).isEqualTo(3);
    assertThat(told.getJsonArray("sessions")).hasSize(2);
    var findings = told.getJsonArray("sessions").getJsonObject(0).getJsonArray("findings");
    assertThat(findings.getJsonObject(0).getString("code")).isEqualTo("ROLLED_OVER");
    assertThat(json(out -> export.json(out, new ListPart(7, 5, 3))).getJsonArray("sessions"))
        .isEmpty();
  }
}
