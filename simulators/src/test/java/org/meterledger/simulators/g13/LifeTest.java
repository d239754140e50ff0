package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.LoadProfileItem.ALREADY_EXISTS;
import static org.meterledger.simulators.g13.LoadProfileItem.BAD_VALUE;
import static org.meterledger.simulators.g13.LoadProfileItem.RESTARTED;
import static org.meterledger.simulators.g13.LoadProfileItem.TIME_CHANGED;
import static org.meterledger.simulators.g13.LoadProfileItem.TOO_LONG;
import static org.meterledger.simulators.g13.LoadProfileItem.TOO_SHORT;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.meterledger.simulators.LoadShape;
import org.meterledger.simulators.SettableClock;

/** What happens to a meter, and what it records of that; nothing is asked over the wire. */
class LifeTest {
  /** A Friday, 01:00 by the meter's clock; daylight saving begins nine days later. */
  private static final Instant START = Instant.parse("2026-03-20T00:00:00Z");

  private final SettableClock clock = new SettableClock(START);
  private final G13Meter meter = new G13Meter(settings(), clock);

  private static MeterSettings settings() {
    return MeterSettings.of("LIFE", "B23 512-100", START).withLoad(LoadShape.SHOP, 3);
  }

  private List<String> items(int from) {
    List<LoadProfileItem> items = meter.loadProfile(1);
    return items.subList(from, items.size()).stream()
        .map(item -> item.timestamp().toLocalTime() + " " + item.status())
        .toList();
  }

  private BigDecimal energy() {
    return meter.value(1, clock.instant());
  }

  @Test
  void clockSetBackRepeatsItems() {
    clock.advance(Duration.ofMinutes(60));
    meter.shiftClock(Duration.ofMinutes(-25));
    clock.advance(Duration.ofMinutes(45));
    assertThat(items(0))
        .containsExactly(
            "01:15 0",
            "01:30 0",
            "01:45 0",
            "02:00 0",
            "01:45 " + (TIME_CHANGED | TOO_SHORT | ALREADY_EXISTS),
            "02:00 " + ALREADY_EXISTS,
            "02:15 0");
  }

  @Test
  void clockSetForwardLeavesItemsOut() {
    clock.advance(Duration.ofMinutes(35));
    meter.shiftClock(Duration.ofMinutes(40));
    clock.advance(Duration.ofMinutes(20));
    assertThat(items(0))
        .containsExactly("01:15 0", "01:30 0", "02:15 " + (TIME_CHANGED | TOO_SHORT), "02:30 0");
  }

  @Test
  void clockSetBackByLittleMakesALongInterval() {
    clock.advance(Duration.ofMinutes(35));
    meter.shiftClock(Duration.ofMinutes(-4));
    clock.advance(Duration.ofMinutes(15));
    assertThat(items(2)).containsExactly("01:45 " + (TIME_CHANGED | TOO_LONG));
  }

  @Test
  void powerFailureLeavesItemsOutAndCountsNothing() {
    clock.advance(Duration.ofMinutes(35));
    BigDecimal before = energy();
    meter.powerFailure(Duration.ofMinutes(30));
    clock.advance(Duration.ofMinutes(30));
    assertThat(energy()).isEqualTo(before);
    clock.advance(Duration.ofMinutes(25));
    assertThat(energy()).isGreaterThan(before);
    assertThat(items(2)).containsExactly("02:15 " + (RESTARTED | TOO_SHORT), "02:30 0");
  }

  @Test
  void repeatedHourOfAutumnIsThereTwice() {
    SettableClock autumn = new SettableClock(Instant.parse("2026-10-24T22:00:00Z"));
    G13Meter other =
        new G13Meter(MeterSettings.of("LIFE", "B23 512-100", autumn.instant()), autumn);
    autumn.advance(Duration.ofHours(5));
    List<LoadProfileItem> items = other.loadProfile(1);
    assertThat(items).hasSize(20);
    assertThat(items.get(10).timestamp()).isEqualTo(LocalDateTime.parse("2026-10-25T02:45:00"));
    assertThat(items.get(11).timestamp()).isEqualTo(LocalDateTime.parse("2026-10-25T02:00:00"));
    assertThat(items.subList(7, 11)).extracting(LoadProfileItem::status).containsOnly(0);
    assertThat(items.subList(11, 15))
        .extracting(LoadProfileItem::status)
        .containsOnly(ALREADY_EXISTS);
    assertThat(items.get(15).status()).isZero();
    assertThat(other.time()).isEqualTo(LocalDateTime.parse("2026-10-25T04:00:00"));
  }

  @Test
  void hourOfSpringIsLeftOut() {
    clock.set(Instant.parse("2026-03-29T02:00:00Z"));
    assertThat(items(items(0).size() - 6))
        .containsExactly("01:45 0", "03:00 0", "03:15 0", "03:30 0", "03:45 0", "04:00 0")
        .doesNotContain("02:00 0");
  }

  @Test
  void daylightSavingBeginsWithoutPowerToo() {
    clock.set(Instant.parse("2026-03-29T00:30:00Z"));
    meter.powerFailure(Duration.ofHours(1));
    clock.advance(Duration.ofHours(2));
    assertThat(meter.time()).isEqualTo(LocalDateTime.parse("2026-03-29T04:30:00"));
    clock.set(Instant.parse("2026-10-25T12:00:00Z"));
    assertThat(meter.time()).isEqualTo(LocalDateTime.parse("2026-10-25T13:00:00"));
  }

  @Test
  void whatWasRecordedBeforeAChangeStays() {
    clock.advance(Duration.ofMinutes(60));
    List<LoadProfileItem> before = meter.loadProfile(1);
    assertThat(before).hasSize(4);
    meter.shiftClock(Duration.ofMinutes(7));
    assertThat(meter.loadProfile(1)).isEqualTo(before);
    meter.powerFailure(Duration.ofMinutes(7));
    assertThat(meter.loadProfile(1)).isEqualTo(before);
  }

  @Test
  void midnightIsThatOfTheWallClock() {
    clock.set(Instant.parse("2026-04-02T00:00:00Z"));
    assertThat(meter.previousValues())
        .extracting(PreviousValue::time)
        .allMatch(time -> time.toLocalTime().toSecondOfDay() == 0)
        .hasSize(13);
    assertThat(meter.previousValues().get(12).values().get(0))
        .isEqualTo(meter.value(1, Instant.parse("2026-04-01T22:00:00Z")));
  }

  @Test
  void midnightWithoutPowerIsCapturedWhenItReturns() {
    clock.set(Instant.parse("2026-03-20T22:30:00Z"));
    meter.powerFailure(Duration.ofHours(2));
    clock.set(Instant.parse("2026-03-22T12:00:00Z"));
    assertThat(meter.previousValues())
        .extracting(PreviousValue::status)
        .containsExactly(
            PreviousValue.AVAILABLE | PreviousValue.POWER_OFF, PreviousValue.AVAILABLE);
    assertThat(meter.previousValues())
        .extracting(value -> value.time().toString())
        .containsExactly("2026-03-21T00:00", "2026-03-22T00:00");
    assertThat(meter.demand().get(0).values().get(0).status())
        .isEqualTo(DemandEntry.AVAILABLE | DemandEntry.POWER_OFF);
  }

  @Test
  void midnightsPassedTwiceAreThereTwice() {
    clock.set(Instant.parse("2026-03-20T23:30:00Z"));
    meter.shiftClock(Duration.ofHours(-1));
    clock.set(Instant.parse("2026-03-21T12:00:00Z"));
    assertThat(meter.previousValues())
        .extracting(value -> value.time().toString())
        .containsExactly("2026-03-21T00:00", "2026-03-21T00:00");
  }

  @Test
  void wrongMeasurementIsMarked() {
    clock.advance(Duration.ofMinutes(20));
    meter.measureWrongly(Duration.ofMinutes(20));
    clock.advance(Duration.ofMinutes(40));
    assertThat(items(0)).containsExactly("01:15 0", "01:30 " + BAD_VALUE, "01:45 0", "02:00 0");
  }

  @Test
  void sameSeedRecordsTheSameHoweverItIsAsked() {
    while (clock.instant().isBefore(START.plus(Duration.ofDays(3)))) {
      clock.advance(Duration.ofSeconds(4321));
      meter.events();
      meter.activeTariff();
      meter.value(9, clock.instant());
    }
    G13Meter other = new G13Meter(settings(), clock);
    assertThat(other.loadProfile(1)).isEqualTo(meter.loadProfile(1));
    assertThat(other.previousValues()).isEqualTo(meter.previousValues());
    assertThat(other.demand()).isEqualTo(meter.demand());
    G13Meter another = new G13Meter(settings().withLoad(LoadShape.SHOP, 4), clock);
    assertThat(another.loadProfile(1)).isNotEqualTo(meter.loadProfile(1));
  }

  @Test
  void troubledMeterTellsTheSameStoryWhenItIsStartedLater() {
    SettableClock time = new SettableClock(START);
    G13Meter watched = new G13Meter(settings().inTroubledTimes(), time);
    for (int day = 0; day < 100; day++) {
      time.advance(Duration.ofDays(1));
      watched.events();
    }
    G13Meter started = new G13Meter(settings().inTroubledTimes(), time);
    assertThat(started.loadProfile(1)).isEqualTo(watched.loadProfile(1));
    assertThat(started.events()).isEqualTo(watched.events());
    assertThat(started.loadProfile(1))
        .anyMatch(item -> (item.status() & RESTARTED) != 0)
        .anyMatch(item -> (item.status() & TIME_CHANGED) != 0);
  }

  @Test
  void energyNeverFalls() {
    G13Meter solar =
        new G13Meter(settings().withLoad(LoadShape.PHOTOVOLTAIC, 5).inTroubledTimes(), clock);
    clock.advance(Duration.ofDays(30));
    for (int channel : new int[] {1, 2, 3, 4, 7}) {
      List<LoadProfileItem> items = solar.loadProfile(channel);
      for (int number = 1; number < items.size(); number++) {
        assertThat(items.get(number).value()).isGreaterThanOrEqualTo(items.get(number - 1).value());
      }
      assertThat(items.get(items.size() - 1).value()).isGreaterThan(items.get(0).value());
    }
  }
}
