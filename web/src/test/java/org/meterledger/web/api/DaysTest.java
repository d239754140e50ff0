package org.meterledger.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaysTest {

  private static final LocalDate TODAY = LocalDate.parse("2026-11-21");

  @Test
  void thirtyDaysUpToTodayWithoutAnyWord() {
    assertThat(Days.of(null, null, TODAY))
        .isEqualTo(new Days(LocalDate.parse("2026-10-23"), TODAY));
    assertThat(Days.of(null, "2026-03-01", TODAY).first()).isEqualTo("2026-01-31");
  }

  @ParameterizedTest
  @CsvSource({
    "21.11.2026, , from",
    "2026-11-21T00:00:00Z, , from",
    "2026-11-22, 2026-11-21, from",
    "2026-11-01, 2026-11-31, to",
    "2001-01-01, 2026-11-21, to",
    "0001-01-01, , from",
  })
  void whatIsNoRangeOfDaysIsRefusedByField(String from, String to, String field) {
    assertThatThrownBy(() -> Days.of(from, to, TODAY))
        .isInstanceOfSatisfying(
            Refused.class,
            refused ->
                assertThat(refused.problem().errors())
                    .extracting(Problem.FieldError::field)
                    .containsExactly(field));
  }
}
