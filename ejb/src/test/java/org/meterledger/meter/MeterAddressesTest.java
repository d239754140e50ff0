package org.meterledger.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.dmed4.Dmed4Driver;
import org.meterledger.driver.emu.EmuDriver;
import org.meterledger.driver.model.MeterModels;
import org.meterledger.server.InvalidInput;

class MeterAddressesTest {

  private static final String EMU = "emu-professional-ii";
  private static final String DMED4 = "lovato-dmed4";

  private final MeterModels models = new MeterModels();
  private final MeterAddresses addresses =
      new MeterAddresses(
          List.of(new EmuDriver(Clock.systemUTC()), new Dmed4Driver(Clock.systemUTC())));

  private Endpoint endpoint(String model, String address) {
    return addresses.endpoint(
        models.find(model).orElseThrow(), address, null, null, Duration.ofSeconds(1));
  }

  @Test
  void anAddressSaysHowItsMeterIsSpokenWith() {
    assertThat(endpoint(EMU, "http://10.0.0.7")).isInstanceOf(Endpoint.Http.class);
    assertThat(endpoint(DMED4, "https://10.0.0.8")).isInstanceOf(Endpoint.Http.class);
    assertThat(endpoint(DMED4, "http://10.0.0.9/2")).isInstanceOf(Endpoint.Http.class);
    assertThat(endpoint(DMED4, "http://10.0.0.9:8080/4/")).isInstanceOf(Endpoint.Http.class);
    assertThat(endpoint(EMU, "http://10.0.0.7/")).isInstanceOf(Endpoint.Http.class);
    assertThat(endpoint(DMED4, "modbus-rtu-serial:///dev/ttyUSB0?frame=8E1&unit=8"))
        .isInstanceOf(Endpoint.Modbus.class);
  }

  @ParameterizedTest
  @CsvSource({
    "emu-professional-ii, modbus-tcp://10.0.0.7, transport",
    "emu-professional-ii, http://10.0.0.7/2, path",
    "lovato-dmed4, http://10.0.0.9/5, path",
    "lovato-dmed4, http://10.0.0.9/2/3, path",
    "lovato-dmed4, modbus-tcp://10.0.0.8:70000, modbus",
    "lovato-dmed4, modbus-tcp://10.0.0.8?unit=248, modbus",
    "lovato-dmed4, modbus-rtu-serial:///etc/passwd, modbus",
    "lovato-dmed4, modbus-udp://10.0.0.8, modbus"
  })
  void othersAreRefusedWithTheRule(String model, String address, String rule) {
    assertThatThrownBy(() -> endpoint(model, address))
        .isInstanceOfSatisfying(
            InvalidInput.class,
            refused -> {
              assertThat(refused.field()).isEqualTo("address");
              assertThat(refused.rule()).isEqualTo(rule);
            });
  }
}
