package org.meterledger.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.meterledger.metering.Interval;

class RangeTest {

  private static final ZoneId ZURICH = ZoneId.of("Europe/Zurich");

  @Test
  void aDateBeginsInTheZone() {
    assertThat(Range.required("2026-10-25", "2026-10-26", ZURICH))
        .isEqualTo(
            new Interval(
                Instant.parse("2026-10-24T22:00:00Z"), Instant.parse("2026-10-25T23:00:00Z")));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-21T08:00:00Z",
    "2026-11-21T09:00:00+01:00",
    "2026-11-21T09:00:00 01:00",
    "2026-11-21T08:00Z"
  })
  void aTimeHasAnOffset(String text) {
    assertThat(Range.instant("from", text, ZURICH))
        .isEqualTo(Instant.parse("2026-11-21T08:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    ", 2026-11-21, from, required",
    "2026-11-21, , to, required",
    "2026-11-21, 2026-11-21, from, beforeTo",
    "2026-11-22, 2026-11-21, from, beforeTo",
    "2010-01-01, 2026-01-01, to, rangeTooLong",
    "yesterday, 2026-11-21, from, instant",
    "2026-11-21T08:00:00, 2026-11-22, from, instant",
    "2026-11-20, 2026-02-30, to, instant",
    "1969-12-31, 1970-01-02, from, range",
    "2026-11-20, 9999-01-01, to, range",
    "+999999999-01-01, 2026-01-01, from, range"
  })
  void refusesWhatIsNoRange(String from, String to, String field, String rule) {
    var error =
        catchThrowableOfType(Refused.class, () -> Range.required(from, to, ZoneOffset.UTC))
            .problem()
            .errors()
            .get(0);

    assertThat(error.field()).isEqualTo(field);
    assertThat(error.rule()).isEqualTo(rule);
  }

  @Test
  void refusesAZoneThatIsNone() {
    assertThat(Range.zone(null, ZURICH)).isEqualTo(ZURICH);
    assertThat(catchThrowableOfType(Refused.class, () -> Range.zone("Mars/Olympus", ZURICH)))
        .hasMessageStartingWith("zone: ");
  }
}
