package org.meterledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the command says where it cannot verify; what it finds is the test of the seals. */
class AuditCommandTest {

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private int run(Map<String, String> environment) {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return AuditCommand.run(environment, out, out);
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(run(Map.of())).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            "meterledger: METERLEDGER_DATABASE_URL must begin with jdbc:postgresql:"
                + System.lineSeparator());
  }

  @Test
  void saysThatTheDatabaseIsAway() {
    assertThat(run(Map.of("METERLEDGER_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none")))
        .isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).startsWith("meterledger: Connection");
  }
}
