package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.STEEL;
import static org.meterledger.simulators.g13.G13Wired.of;

import jakarta.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** N63 to N68. */
class PortTest extends WiredTest {
  private static final String PULSE =
      "{\"id\":%d,\"port\":%d,\"length\":100,\"frequency\":10000,\"energytype\":%d}";

  private JsonObject port(int number) throws Exception {
    return wired.json(of(PLATINUM, "io")).getJsonArray("iostatus").getJsonObject(number - 1);
  }

  @Test
  void inputsCountAndRemember() throws Exception {
    int before = port(1).getInt("counter");
    wired.meter(PLATINUM).setInput(1, true);
    wired.meter(PLATINUM).setInput(1, false);
    assertThat(port(1).getInt("currentstate")).isZero();
    assertThat(port(1).getInt("storedstate")).isEqualTo(1);
    wired.pass(Duration.ofHours(1));
    assertThat(port(1).getInt("counter")).isGreaterThan(before);

    wired.posts(
        of(PLATINUM, "io"),
        "{\"iostatus\":[{\"port\":1,\"reset\":[\"storedstate\",\"counter\"]}]}");
    assertThat(port(1).toString())
        .isEqualTo("{\"currentstate\":0,\"storedstate\":0,\"counter\":0}");
    assertThat(port(2).getInt("counter")).isPositive();
  }

  @Test
  void outputIsSwitched() throws Exception {
    wired.posts(of(PLATINUM, "io"), "{\"iostatus\":[{\"port\":3,\"currentstate\":1}]}");
    assertThat(port(3).toString()).isEqualTo("{\"currentstate\":1}");
    wired.refused(
        400,
        "Invalid Request Aborted at port 1",
        "POST",
        of(PLATINUM, "io"),
        "{\"iostatus\":[{\"port\":3,\"currentstate\":0},{\"port\":1,\"currentstate\":1}]}");
    assertThat(port(3).toString()).isEqualTo("{\"currentstate\":0}");
    wired.invalid("POST", of(PLATINUM, "io"), "{\"iostatus\":[{\"port\":5,\"currentstate\":1}]}");
    wired.invalid("POST", of(PLATINUM, "io"), "{\"iostatus\":[{\"port\":3,\"reset\":[]}]}");
    wired.invalid("POST", of(PLATINUM, "io"), "{\"iostatus\":[{\"port\":1,\"reset\":[\"all\"]}]}");
  }

  @Test
  void configuration() throws Exception {
    wired.posts(of(PLATINUM, "io/configuration"), "{\"ioconfig\":[3,5,4,2]}");
    wired.posts(of(PLATINUM, "io/configuration"), "{\"ioconfig\":[255,255,1,0]}");
    assertThat(wired.json(of(PLATINUM, "io/configuration")).toString())
        .isEqualTo("{\"ioconfig\":[\"pulse_out\",\"always_on\",\"communiation_out\",\"input\"]}");
    assertThat(port(2).toString()).isEqualTo("{\"currentstate\":1}");
    wired.silent(500, of(STEEL, "io"));
    wired.silent(500, of(STEEL, "io/configuration"));
    wired.silent(500, of(STEEL, "io/pulse"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[7]", "[-1]", "[256]", "[0,0,0,0,0]", "[\"input\"]", "3", "[1.5]"})
  void configurationIsRefused(String codes) throws Exception {
    wired.invalid("POST", of(PLATINUM, "io/configuration"), "{\"ioconfig\":" + codes + "}");
  }

  @Test
  void pulses() throws Exception {
    wired.posts(
        of(PLATINUM, "io/pulse"),
        "{\"pulse\":["
            + PULSE.formatted(1, 2, 2)
            + ","
            + PULSE.formatted(2, 255, 0)
            + ","
            + PULSE.formatted(3, 4, 4)
            + ","
            + PULSE.formatted(4, 1, 255)
            + "]}");
    String pulse = "{\"length\":100,\"frequency\":10000,\"energytype\":\"%s\",\"port\":%d}";
    assertThat(wired.json(of(PLATINUM, "io/pulse")).toString())
        .isEqualTo(
            "{\"pulse\":["
                + pulse.formatted("reactive_import", 2)
                + ","
                + pulse.formatted("active_import", 255)
                + ","
                + pulse.formatted("turned_off", 4)
                + ","
                + pulse.formatted("invalid", 1)
                + "]}");
  }

  @Test
  void pulsesAreRefused() throws Exception {
    for (String pulse :
        new String[] {
          PULSE.formatted(0, 1, 0),
          PULSE.formatted(5, 1, 0),
          PULSE.formatted(1, 5, 0),
          PULSE.formatted(1, 1, 5)
        }) {
      wired.invalid("POST", of(PLATINUM, "io/pulse"), "{\"pulse\":[" + pulse + "]}");
    }
  }

  @Test
  void dayProfileSwitchesAnOutput() throws Exception {
    wired.posts(of(PLATINUM, "io/configuration"), "{\"ioconfig\":[255,4,255,255]}");
    // Output 2 is set at 13:30 and reset at 15:00, by actions 7 and 8.
    wired.posts(
        of(PLATINUM, "tariff/dayprofiles"),
        "{\"actions\":[[1,\"00:00\"],[7,\"13:30\"],[8,\"15:00\"]],\"profile\":1}");
    assertThat(port(2).getInt("currentstate")).isZero();
    wired.pass(Duration.ofMinutes(30));
    assertThat(port(2).getInt("currentstate")).isEqualTo(1);
    wired.pass(Duration.ofMinutes(90));
    assertThat(port(2).getInt("currentstate")).isZero();
  }
}
