package org.meterledger.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.Test;

class LogContextTest {

  @Test
  void isThereUntilItIsClosedAndThenWhatWasThereBefore() {
    try (var outer = LogContext.meter("A").correlation("request-1")) {
      try (var inner = LogContext.meter("B").correlation(null)) {
        assertThat(inner).isNotSameAs(outer);
        assertThat(MDC.get("meter")).isEqualTo("B");
        assertThat(MDC.get("correlation")).isEqualTo("request-1");
      }
      assertThat(MDC.get("meter")).isEqualTo("A");
    }
    assertThat(MDC.get("meter")).isNull();
    assertThat(MDC.get("correlation")).isNull();
  }
}
