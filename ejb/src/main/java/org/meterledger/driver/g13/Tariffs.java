package org.meterledger.driver.g13;

import jakarta.json.Json;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** By what a meter chooses its tariff (N81 to N90). */
public final class Tariffs {

  private final G13Meter.Place place;

  Tariffs(G13Meter.Place place) {
    this.place = place;
  }

  /** N81. */
  public ReadResult<TariffState> state() {
    return place.get("tariff", TariffState::of);
  }

  /** N82. The source must be COMMUNICATION before. */
  public CommandResult activate(int tariff) {
    Limit.range("A tariff", tariff, 1, TariffState.TARIFFS);
    return place.post("tariff", Json.createObjectBuilder().add("tariff", tariff).build());
  }

  /**
   * N82.
   *
   * @param inputTariffs which tariff each of the states of inputs 4 and 3 chooses (off off, off on,
   *     on off, on on); only for {@link TariffState.Source#INPUT}, else empty
   */
  public CommandResult setSource(TariffState.Source source, List<Integer> inputTariffs) {
    var payload = Json.createObjectBuilder().add("source", source.ordinal());
    Limit.rule(
        inputTariffs.isEmpty() || source == TariffState.Source.INPUT,
        "Tariffs are given for input states only where the source is the inputs");
    Limit.rule(
        inputTariffs.size() <= TariffState.TARIFFS, "Two inputs have four states and no more");
    inputTariffs.forEach(tariff -> Limit.range("A tariff", tariff, 1, TariffState.TARIFFS));
    if (!inputTariffs.isEmpty()) {
      payload.add("inputconfig", Json.createArrayBuilder(inputTariffs));
    }
    return place.post("tariff", payload.build());
  }

  /** N83. */
  public ReadResult<List<TariffDay>> days() {
    return place.get(
        "tariff/dayprofiles",
        answer -> answer.at("dayprofiles").items().stream().map(TariffDay::of).toList());
  }

  /** N84. One day profile in a request. */
  public CommandResult setDay(TariffDay day) {
    return place.post("tariff/dayprofiles", day.checked().payload());
  }

  /** N85. */
  public ReadResult<List<TariffWeek>> weeks() {
    return place.get(
        "tariff/weekprofiles",
        answer -> answer.at("weekprofiles").items().stream().map(TariffWeek::of).toList());
  }

  /** N86. All week profiles at once. */
  public CommandResult setWeeks(List<TariffWeek> weeks) {
    Limit.rule(
        !weeks.isEmpty() && weeks.size() <= TariffWeek.MOST,
        "A meter has 1 to " + TariffWeek.MOST + " week profiles");
    var list = Json.createArrayBuilder();
    weeks.forEach(week -> list.add(week.checked().json()));
    return place.post(
        "tariff/weekprofiles", Json.createObjectBuilder().add("weekprofiles", list).build());
  }

  /** N87. */
  public ReadResult<List<TariffSeason>> seasons() {
    return place.get(
        "tariff/seasonprofiles",
        answer -> answer.at("seasonprofiles").items().stream().map(TariffSeason::of).toList());
  }

  /** N88. All seasons at once. */
  public CommandResult setSeasons(List<TariffSeason> seasons) {
    Limit.rule(!seasons.isEmpty(), "At least one season is given");
    var list = Json.createArrayBuilder();
    seasons.forEach(season -> list.add(season.checked().json()));
    return place.post(
        "tariff/seasonprofiles", Json.createObjectBuilder().add("seasonprofiles", list).build());
  }

  /** N89. */
  public ReadResult<List<TariffSpecialDay>> specialDays() {
    return place.get(
        "tariff/specialdayprofiles",
        answer ->
            answer.at("specialdayprofiles").items().stream().map(TariffSpecialDay::of).toList());
  }

  /**
   * N90. One special day in a request: the one of the same date is changed, else it is a new one.
   * Ends with the first that is not Accepted.
   */
  public CommandResult setSpecialDays(List<TariffSpecialDay> days) {
    Limit.rule(!days.isEmpty(), "At least one special day is given");
    days.forEach(TariffSpecialDay::checked);
    CommandResult result = null;
    for (TariffSpecialDay day : days) {
      var list = Json.createArrayBuilder().add(day.json());
      result =
          place.post(
              "tariff/specialdayprofiles",
              Json.createObjectBuilder().add("specialdayprofiles", list).build());
      if (!(result instanceof CommandResult.Accepted)) {
        return result;
      }
    }
    return result;
  }
}
