package org.meterledger.simulators.dmed4;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Seven records were made of which the log holds five: 3 to 7. */
class LogbookTest {
  private Dmed4Wired wired;

  @BeforeEach
  void start() throws Exception {
    wired = new Dmed4Wired(Dmed4Wired.settings().capacity(5));
    wired.begin();
    wired.command("E");
    wired.begin();
    for (int piece = 0; piece < 3; piece++) {
      wired.command("C");
    }
    wired.command("E");
  }

  @AfterEach
  void stop() {
    wired.close();
  }

  private String record(int progressive) {
    return wired.meter.records().stream()
        .filter(each -> each.progressive() == progressive)
        .findFirst()
        .orElseThrow()
        .text();
  }

  @Test
  void info() throws Exception {
    wired.get("/v1/logbook/OCMF?index_type=PROGR&index_value=5");
    assertThat(wired.get("/v1/logbook/info"))
        .hasToString(
            "{\"ocmf_max_number\":5,\"ocmf_total_number\":5,"
                + "\"ocmf_last_internal_progressive\":7,\"ocmf_first_internal_progressive\":3,"
                + "\"events_max_number\":500,\"events_total_number\":3,"
                + "\"log_search_status\":1,\"log_search_position\":2}");
  }

  @ParameterizedTest
  @CsvSource({
    "index_type=POS&index_reference=LAST, 7",
    "index_type=POS&index_reference=LAST_BUT&index_value=0, 7",
    "index_type=POS&index_reference=LAST_BUT&index_value=4, 3",
    "index_type=POS&index_reference=FIRST, 3",
    "index_type=POS&index_reference=FIRST_BUT&index_value=1, 4",
    "index_type=PROGR&index_value=6, 6",
    "index_type=TRANS_ID&index_value=T4, 4",
    "index_type=TRANS_ID&index_value=1F2D3A4F5506C7, 7"
  })
  void search(String query, int progressive) throws Exception {
    assertThat(wired.get("/v1/logbook/OCMF?" + query).getString("OCMF_LOG"))
        .isEqualTo(record(progressive));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "index_type=POS&index_reference=LAST_BUT&index_value=5",
        "index_type=POS&index_reference=FIRST_BUT&index_value=5",
        "index_type=POS&index_reference=FIRST_BUT",
        "index_type=POS",
        "index_type=PROGR&index_value=2",
        "index_type=PROGR&index_value=8",
        "index_type=TRANS_ID&index_value=T2",
        "index_type=LAST",
        ""
      })
  void whatIsNotThere(String query) throws Exception {
    assertThat(wired.status("GET", "/v1/logbook/OCMF?" + query, "")).isEqualTo(400);
  }

  @ParameterizedTest
  @EnumSource(names = {"MODBUS_TCP", "MODBUS_RTU", "MODBUS_ASCII"})
  void olderRecordsOverModbus(Transport transport) throws IOException {
    try (ModbusPeer peer = wired.modbus(transport)) {
      assertThat(peer.write(0x2F2A, 1)).isEqualTo("8604");
      assertThat(peer.write(0x2F29, 1)).isEqualTo("8603");
      for (int index = 0; index < 5; index++) {
        peer.write(0x2F29, 8192);
        peer.write(0x2F2A, index);
        assertThat(peer.number(0x4C01, 1)).isEqualTo(1 << 15);
        long state = peer.number(0x4C01, 1);
        assertThat(state >> 10).isEqualTo(1 << 4);
        assertThat(peer.text(0x4C02, (int) state & 1023)).isEqualTo(record(7 - index));
        assertThat(peer.number(0x4C01, 1) >> 10).isEqualTo(1 << 4 | 1 << 3);
      }
      assertThat(peer.write(0x2F2A, 5)).isEqualTo("8603");
    }
  }

  @Test
  void eventsOverRest() throws Exception {
    wired.put("/v1/charge_settings?datetime_offset=-60&datetime=1695970042");
    wired.put("/v1/charge_settings?res_cable=12");
    JsonObject last = wired.get("/v1/logbook/events?index_type=POS&index_reference=LAST");
    assertThat(last.getString("EVENT_LOG"))
        .isEqualTo(
            "EVENT|{\"date\":\"2023-09-29\",\"time\":\"05:47:22\",\"event_code\":\"4\","
                + "\"arguments\":\"12\"}");
    assertThat(wired.status("GET", "/v1/logbook/events?index_type=PROGR&index_value=1", ""))
        .isEqualTo(400);
    assertThat(wired.meter.events().stream().map(LoggedEvent::code))
        .isEqualTo(
            List.of(
                EventCode.COMMISSIONED,
                EventCode.CLOCK_SET,
                EventCode.CLOCK_SET,
                EventCode.CLOCK_SET,
                EventCode.CABLE_RESISTANCE_SET));
  }

  @Test
  void eventsOverModbus() throws IOException {
    try (ModbusPeer peer = wired.modbus(Transport.MODBUS_TCP)) {
      assertThat(peer.write(0x2F3B, 0xFFFF)).isEqualTo("8604");
      peer.write(0x2F39, 2);
      peer.write(0x2F3A, 1);
      assertThat(peer.write(0x2F3B, 1)).isEqualTo("8603");
      peer.write(0x2F3B, 0xFFFF);
      assertThat(peer.number(0x4E03, 1)).isZero();
      assertThat(peer.number(0x4E03, 1)).isEqualTo(1);
      byte[] event = peer.bytes(0x4E04, 8);
      assertThat(peer.number(0x4E04, 2)).isEqualTo(Dmed4Wired.START.getEpochSecond());
      assertThat(peer.number(0x4E06, 1)).isEqualTo(EventCode.CLOCK_SET);
      assertThat(new String(event, 6, 10, StandardCharsets.US_ASCII))
          .isEqualTo(Long.toString(Dmed4Wired.START.getEpochSecond()));
    }
  }
}
