package org.meterledger.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.GatewaySession.KnownMeter;
import org.meterledger.driver.MeterBus;
import org.meterledger.network.GatewayDevices.PortalMeter;

class GatewayDifferenceTest {

  private static KnownMeter there(String serial, String alias, String location) {
    return new KnownMeter(serial, alias, location, MeterBus.EQ_BUS, "17");
  }

  private static List<String> between(List<KnownMeter> there, PortalMeter... here) {
    return GatewayDifference.between("Mast 7", there, List.of(here)).stream()
        .map(
            each ->
                "%s %s %s>%s"
                    .formatted(each.serialNumber(), each.kind(), each.there(), each.here()))
        .toList();
  }

  @Test
  void whatIsTheSameIsNoDifference() {
    assertThat(
            between(
                List.of(there("A1", "Lift", "Roof"), there("A2", "", "")),
                new PortalMeter("A1", "Mast 7", "Lift", "Town/House 3/Roof"),
                new PortalMeter("A2", "Mast 7", "", "")))
        .isEmpty();
  }

  @Test
  void eachDifferenceIsToldByItself() {
    assertThat(
            between(
                List.of(
                    there("A1", "Lift", "Roof"),
                    there("A2", "Pump", "Cellar"),
                    there("A3", "Light", ""),
                    there("A4", "", "")),
                new PortalMeter("A1", "Mast 7", "Lift 2", "Cellar"),
                new PortalMeter("A2", "Mast 8", "Pump", "Cellar"),
                new PortalMeter("A3", null, "Light", ""),
                new PortalMeter("A5", "Mast 7", "Oven", "")))
        .containsExactly(
            "A1 ALIAS Lift>Lift 2",
            "A1 LOCATION Roof>Cellar",
            "A2 ELSEWHERE Mast 7>Mast 8",
            "A3 ELSEWHERE Mast 7>",
            "A4 ONLY_THERE A4>",
            "A5 ONLY_HERE >Oven");
  }

  @ParameterizedTest
  @CsvSource({
    "Roof,Roof,true",
    "Roof,House/Roof,true",
    "House / Roof,House/Roof,true",
    "Roof,Groundroof,false",
    "Roof,Roof/East,false",
    "'','',true",
    "'',Roof,false",
    "Roof,'',false"
  })
  void thePortalsPlaceMayBeginFurtherOut(String there, String here, boolean same) {
    assertThat(GatewayDifference.samePlace(there, here)).isEqualTo(same);
  }

  @Test
  void theDeviceIsNoneOfTheMeters() {
    try (var fixture = new GatewayFixture()) {
      int device = fixture.meter(GatewayFixture.SERIAL, GatewayFixture.MODEL);
      fixture.meter(GatewayFixture.METER, "abb-g13");
      var devices = new GatewayDevices(fixture.database);
      int id = fixture.gateway.id();
      assertThat(devices.of(id)).isEmpty();
      fixture.database.update(
          "update gateway_access set meter_id = ? where gateway_id = ?", device, id);

      assertThat(devices.of(id)).contains(new GatewayDevices.Device(device, GatewayFixture.SERIAL));
      assertThat(devices.meters(id, List.of("ABB_NONE")))
          .extracting(PortalMeter::serialNumber)
          .containsExactly(GatewayFixture.METER);
      fixture.database.update("update meter set state = 'REMOVED' where id = ?", device);
      assertThat(devices.of(id)).isEmpty();
    }
  }
}
