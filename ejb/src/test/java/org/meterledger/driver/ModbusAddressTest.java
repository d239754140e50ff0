package org.meterledger.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.driver.ModbusAddress.Line;
import org.meterledger.driver.ModbusAddress.Transport;

class ModbusAddressTest {

  @ParameterizedTest
  @CsvSource({
    "modbus-tcp://10.0.0.7, modbus-tcp://10.0.0.7:502?unit=1",
    "modbus-tcp://10.0.0.7/, modbus-tcp://10.0.0.7:502?unit=1",
    "MODBUS-TCP://meter-3.example:1502?unit=8, modbus-tcp://meter-3.example:1502?unit=8",
    "modbus-rtu-tcp://[fe80::1]:4001?unit=247, modbus-rtu-tcp://[fe80::1]:4001?unit=247",
    "modbus-ascii-tcp://[fe80::1]?unit=0, modbus-ascii-tcp://[fe80::1]:502?unit=0",
    "modbus-rtu-serial:///dev/ttyUSB0, modbus-rtu-serial:///dev/ttyUSB0?baud=9600&frame=8N1&unit=1",
    "modbus-ascii-serial://COM3?frame=7E1&baud=1200, modbus-ascii-serial://COM3?baud=1200&frame=7E1&unit=1",
  })
  void isReadFromText(String text, String whole) {
    var address = ModbusAddress.parse(text);

    assertThat(address).hasToString(whole);
    assertThat(ModbusAddress.parse(whole)).isEqualTo(address);
  }

  @Test
  void saysWhatIsConnectedTo() {
    assertThat(ModbusAddress.parse("modbus-rtu-serial:///dev/serial/by-id/usb-1?unit=2"))
        .isEqualTo(
            new ModbusAddress(
                Transport.MODBUS_RTU_SERIAL,
                null,
                0,
                new Line("/dev/serial/by-id/usb-1", 9600, "8N1"),
                2))
        .extracting(ModbusAddress::place)
        .isEqualTo("/dev/serial/by-id/usb-1");
    assertThat(ModbusAddress.parse("modbus-tcp://a:1?unit=3").place()).isEqualTo("a:1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "modbus-udp://a                        | scheme must be one of modbus-tcp",
        "modbus-tcp://a b                      | address must be written as",
        "modbus-tcp://                         | address must be written as",
        "modbus-tcp:///meter                   | address must be without a path, not /meter",
        "modbus-tcp://a_b                      | host must be a name",
        "modbus-tcp://user:secret@a            | address must be without user, password",
        "modbus-tcp://a#b                      | address must be without user, password",
        "modbus-tcp://a:0                      | port must be 1 to 65535, not 0",
        "modbus-tcp://a:65536                  | port must be 1 to 65535, not 65536",
        "modbus-tcp://a:-1                     | port must be 1 to 65535, not -1",
        "modbus-tcp://a:x                      | port must be 1 to 65535, not x",
        "modbus-tcp://a:                       | port must be 1 to 65535",
        "modbus-tcp://a?unit=248               | unit must be 0 to 247, not 248",
        "modbus-tcp://a?unit=-1                | unit must be 0 to 247, not -1",
        "modbus-tcp://a?unit=                  | unit must be 0 to 247",
        "modbus-tcp://a?unit=99999999999       | unit must be 0 to 247",
        "modbus-tcp://a?unit=1&unit=2          | option must be given once, not unit",
        "modbus-tcp://a?node=1                 | option must be one of [unit] with its value",
        "modbus-tcp://a?baud=9600              | option must be one of [unit] with its value",
        "modbus-tcp://a/8                      | address must be without a path, not /8",
        "modbus-rtu-serial:///dev/ttyS0?baud=9601 | baud must be one of [1200, 2400, 4800",
        "modbus-rtu-serial:///dev/ttyS0?baud=fast | baud must be a number, not fast",
        "modbus-rtu-serial:///dev/ttyS0?frame=8X1 | frame must be 7 or 8, then N, E or O",
        "modbus-rtu-serial:///dev/ttyS0?frame=7E1 | frame must be of 8 data bits for RTU",
        "modbus-rtu-serial:///etc/passwd       | serial device must be a path below /dev",
        "modbus-rtu-serial:///dev/../etc/x     | serial device must be a path below /dev",
        "modbus-rtu-serial://dev/ttyS0         | serial device must be a path below /dev",
        "modbus-rtu-serial://COM0              | serial device must be a path below /dev",
        "modbus-rtu-serial:/                   | serial device must be a path below /dev",
      })
  void isRefusedWithTheRule(String text, String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ModbusAddress.parse(text))
        .withMessageContaining(rule);
  }

  @Test
  void isAnEndpointLikeAnyOther() {
    var timeout = Duration.ofSeconds(3);

    assertThat(Endpoint.at("modbus-tcp://a?unit=8", null, null, timeout))
        .isEqualTo(new Endpoint.Modbus(ModbusAddress.parse("modbus-tcp://a:502?unit=8"), timeout))
        .hasToString("modbus-tcp://a:502?unit=8");
    assertThat(Endpoint.at("http://a", "u", "p", timeout))
        .isInstanceOf(Endpoint.Http.class)
        .hasToString("http://a");
  }

  @Test
  void needsTimeToAnswer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Endpoint.Modbus(ModbusAddress.parse("modbus-tcp://a"), Duration.ZERO))
        .withMessageContaining("No time to answer");
  }
}
