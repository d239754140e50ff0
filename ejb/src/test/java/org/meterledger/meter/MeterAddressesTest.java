package org.meterledger.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.driver.Capability;
import org.meterledger.driver.Endpoint;
import org.meterledger.driver.MeterDriver;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.model.MeterModel;
import org.meterledger.server.InvalidInput;

class MeterAddressesTest {

  /** A driver of either kind; opening is not what this is about. */
  private record Driver(String protocol, boolean modbus) implements MeterDriver {

    @Override
    public Set<Class<? extends Capability>> capabilities(MeterModel model) {
      return Set.of();
    }

    @Override
    public boolean reaches(Endpoint endpoint) {
      return modbus || MeterDriver.super.reaches(endpoint);
    }

    @Override
    public MeterSession open(MeterModel model, Endpoint endpoint) {
      throw new AssertionError("nobody is called");
    }
  }

  private final MeterAddresses addresses =
      new MeterAddresses(List.of(new Driver("web", false), new Driver("both", true)));

  private static MeterModel model(String protocol) {
    return new MeterModel("m", "Maker", "Model M", protocol, "manual", Map.of());
  }

  private Endpoint endpoint(String protocol, String address) {
    return addresses.endpoint(model(protocol), address, null, null, Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "web, http://10.0.0.7",
    "both, http://10.0.0.7",
    "both, modbus-rtu-serial:///dev/ttyS0?baud=9600&frame=8N1&unit=8",
  })
  void areThoseThatTheModelAnswersAt(String protocol, String address) {
    assertThat(endpoint(protocol, address)).hasToString(address);
  }

  @ParameterizedTest
  @CsvSource({
    "web, modbus-tcp://10.0.0.7, transport, Model M is not called at modbus-tcp://10.0.0.7",
    "both, modbus-tcp://10.0.0.7?unit=248, form, 'unit must be 0 to 247, not 248'",
  })
  void areRefusedWithFieldAndRule(String protocol, String address, String rule, String words) {
    assertThatExceptionOfType(InvalidInput.class)
        .isThrownBy(() -> endpoint(protocol, address))
        .withMessage(words)
        .satisfies(
            refused -> {
              assertThat(refused.field()).isEqualTo("address");
              assertThat(refused.rule()).isEqualTo(rule);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "modbus-tcp://10.0.0.7:502?unit=8",
        "modbus-ascii-tcp://[fe80::1]",
        "modbus-rtu-serial:///dev/ttyUSB0?baud=19200&frame=8E1",
        "modbus-ascii-serial://COM3",
        "https://meter.example:8443/",
      })
  void comeThroughTheForm(String address) {
    assertThat(address).matches(form());
  }

  @Test
  void ofOtherKindsDoNot() {
    assertThat(List.of("ftp://a", "modbus-tcp:a", "modbus-tcp://a b", "http://a/b", "javascript:x"))
        .noneMatch(address -> address.matches(form()));
  }

  private static String form() {
    try {
      return MeterDetails.class.getDeclaredField("address").getAnnotation(Pattern.class).regexp();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }
}
