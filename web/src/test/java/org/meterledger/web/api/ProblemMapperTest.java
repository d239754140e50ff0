package org.meterledger.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ejb.EJBAccessException;
import org.junit.jupiter.api.Test;
import org.meterledger.meter.UnknownMeter;

class ProblemMapperTest {

  @Test
  void aBugTellsNothingOfItself() {
    var problem = ProblemMapper.problem(new IllegalStateException("select secret from account"));

    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.detail()).doesNotContain("secret");
  }

  @Test
  void expectedEndsHaveTheirStatus() {
    assertThat(ProblemMapper.problem(new UnknownMeter("7")))
        .isEqualTo(Problem.of(404, "No meter 7"));
    assertThat(ProblemMapper.problem(new EJBAccessException("Meters.add")).status()).isEqualTo(403);
  }
}
