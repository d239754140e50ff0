package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.CONFIGURE;
import static org.meterledger.simulators.g13.Router.Right.VIEW;

import jakarta.json.JsonValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The active tariff and its calendar (N81 to N90). */
final class TariffResources {
  private static final String TARIFF = "/meters/{serial}/tariff";
  private static final int DAY_PROFILES = 16;
  private static final int SWITCH_POINTS = 30;
  private static final int ACTIONS = 12;
  private static final int WEEK_PROFILES = 4;
  private static final int SEASONS = 4;
  private static final int SPECIAL_DAYS = 50;
  private static final int LONGEST_NAME = 30;

  private TariffResources() {}

  static void addTo(Router router) {
    router.add(81, "GET", TARIFF, VIEW, TariffResources::tariff);
    router.add(82, "POST", TARIFF, CONFIGURE, TariffResources::setTariff);
    router.add(83, "GET", TARIFF + "/dayprofiles", VIEW, TariffResources::days);
    router.add(84, "POST", TARIFF + "/dayprofiles", CONFIGURE, TariffResources::setDay);
    router.add(85, "GET", TARIFF + "/weekprofiles", VIEW, TariffResources::weeks);
    router.add(86, "POST", TARIFF + "/weekprofiles", CONFIGURE, TariffResources::setWeeks);
    router.add(87, "GET", TARIFF + "/seasonprofiles", VIEW, TariffResources::seasons);
    router.add(88, "POST", TARIFF + "/seasonprofiles", CONFIGURE, TariffResources::setSeasons);
    router.add(89, "GET", TARIFF + "/specialdayprofiles", VIEW, TariffResources::specialDays);
    router.add(
        90, "POST", TARIFF + "/specialdayprofiles", CONFIGURE, TariffResources::setSpecialDays);
  }

  private static Tariffs.Programme programme(Call call) {
    call.needs(Level.Function.TARIFFS);
    return call.meter().tariffs.programme();
  }

  private static Calendar calendar(Call call) {
    return programme(call).calendar();
  }

  private static void change(Call call, Tariffs.Programme programme) {
    call.meter().tariffs.change(call.now(), programme);
  }

  private static Answer tariff(Call call) {
    Tariffs.Programme programme = programme(call);
    int tariff = call.meter().tariffs.active(call.now());
    return switch (programme.source()) {
      case Tariffs.CLOCK -> {
        LocalDate today = call.meter().timeline.localTime(call.now()).toLocalDate();
        yield Answer.json(
            "daytype",
            programme.calendar().dayProfile(today),
            "season",
            programme.calendar().season(today) + 1,
            "tariff",
            tariff,
            "source",
            programme.source());
      }
      case Tariffs.INPUT ->
          Answer.json(
              "tariff", tariff,
              "source", programme.source(),
              "inputconfig", programme.inputs());
      default -> Answer.json("tariff", tariff, "source", programme.source());
    };
  }

  private static Answer setTariff(Call call) {
    programme(call);
    Payload payload = call.payload();
    Call.Update update = call.update();
    if (payload.has("source")) {
      update.then(
          "source",
          () ->
              change(
                  call,
                  programme(call)
                      .withSource(payload.integer("source", Tariffs.CLOCK, Tariffs.INPUT))));
    }
    if (payload.has("tariff")) {
      update.then(
          "tariff",
          () -> {
            demandSource(call, Tariffs.COMMUNICATION);
            int tariff = payload.integer("tariff", 1, Tariffs.COUNT);
            change(call, programme(call).withChosen(tariff));
          });
    }
    if (payload.has("inputconfig")) {
      update.then(
          "inputconfig",
          () -> {
            demandSource(call, Tariffs.INPUT);
            List<Integer> inputs =
                Payload.integers(payload.value("inputconfig"), Tariffs.COUNT, 1, Tariffs.COUNT);
            change(call, programme(call).withInputs(inputs));
          });
    }
    if (payload.isEmpty()) {
      throw Refused.missing("tariff");
    }
    return update.run();
  }

  private static void demandSource(Call call, int source) {
    if (programme(call).source() != source) {
      throw Refused.invalid();
    }
  }

  private static Answer days(Call call) {
    List<Object> profiles = new ArrayList<>();
    calendar(call)
        .days()
        .forEach(
            (number, actions) ->
                profiles.add(
                    Json.object(
                        "actions",
                        actions.stream()
                            .map(action -> List.of(action.code(), clock(action.minute())))
                            .toList(),
                        "profile",
                        number)));
    return Answer.json("dayprofiles", profiles);
  }

  private static String clock(int minute) {
    return String.format("%02d:%02d", minute / 60, minute % 60);
  }

  private static Answer setDay(Call call) {
    Calendar calendar = calendar(call);
    Payload payload = call.payload();
    int profile = payload.integer("profile", 1, DAY_PROFILES);
    List<Calendar.Action> actions = new ArrayList<>();
    for (JsonValue each : payload.list("actions", SWITCH_POINTS)) {
      List<JsonValue> pair = Payload.list(each, 2);
      if (pair.size() != 2) {
        throw Refused.invalid();
      }
      actions.add(
          new Calendar.Action(
              Payload.integer(pair.get(0), 1, ACTIONS), minute(Payload.text(pair.get(1), 5))));
    }
    SortedMap<Integer, List<Calendar.Action>> days = new TreeMap<>(calendar.days());
    days.put(profile, actions);
    return setCalendar(
        call, new Calendar(days, calendar.weeks(), calendar.seasons(), calendar.specialDays()));
  }

  private static int minute(String time) {
    if (!time.matches("([01][0-9]|2[0-3]):[0-5][0-9]")) {
      throw Refused.invalid();
    }
    return Integer.parseInt(time.substring(0, 2)) * 60 + Integer.parseInt(time.substring(3));
  }

  private static Answer setCalendar(Call call, Calendar changed) {
    return call.update(() -> change(call, programme(call).withCalendar(changed)));
  }

  private static Answer weeks(Call call) {
    return Answer.json(
        "weekprofiles",
        calendar(call).weeks().stream()
            .map(week -> Json.object("profile", week.name(), "dayid", week.days()))
            .toList());
  }

  private static Answer setWeeks(Call call) {
    Calendar calendar = calendar(call);
    List<Calendar.Week> weeks = new ArrayList<>();
    for (JsonValue each : call.payload().list("weekprofiles", WEEK_PROFILES)) {
      Payload week = Payload.of(each);
      weeks.add(
          new Calendar.Week(
              week.text("profile", LONGEST_NAME),
              Payload.integers(week.value("dayid"), 7, 1, DAY_PROFILES)));
    }
    return setCalendar(
        call, new Calendar(calendar.days(), weeks, calendar.seasons(), calendar.specialDays()));
  }

  private static Answer seasons(Call call) {
    return Answer.json(
        "seasonprofiles",
        calendar(call).seasons().stream()
            .map(
                season ->
                    Json.object(
                        "day", season.day(),
                        "month", season.month(),
                        "profile", season.name(),
                        "weekprofile", season.week()))
            .toList());
  }

  private static Answer setSeasons(Call call) {
    Calendar calendar = calendar(call);
    List<Calendar.Season> seasons = new ArrayList<>();
    for (JsonValue each : call.payload().list("seasonprofiles", SEASONS)) {
      Payload season = Payload.of(each);
      seasons.add(
          new Calendar.Season(
              day(season, Calendar.LAST_DAY),
              season.integer("month", 1, 12),
              season.text("profile", LONGEST_NAME),
              season.text("weekprofile", LONGEST_NAME)));
    }
    return setCalendar(
        call, new Calendar(calendar.days(), calendar.weeks(), seasons, calendar.specialDays()));
  }

  private static int day(Payload date, int highest) {
    int day = date.integer("day", 1, highest);
    if (day > 31 && day < Calendar.LAST_DAY) {
      throw Refused.invalid();
    }
    return day;
  }

  private static Answer specialDays(Call call) {
    List<Object> profiles = new ArrayList<>();
    calendar(call)
        .specialDays()
        .forEach(
            (number, special) ->
                profiles.add(
                    Json.object(
                        "date", date(special.date()),
                        "dayprofile", special.day(),
                        "profile", number)));
    return Answer.json("specialdayprofiles", profiles);
  }

  private static Map<String, Object> date(Calendar.Date date) {
    return Json.object(
        "day", date.day(), "month", date.month(), "week", date.week(), "year", date.year());
  }

  private static Answer setSpecialDays(Call call) {
    Calendar calendar = calendar(call);
    SortedMap<Integer, Calendar.SpecialDay> special = new TreeMap<>(calendar.specialDays());
    for (JsonValue each : call.payload().list("specialdayprofiles", SPECIAL_DAYS)) {
      Payload profile = Payload.of(each);
      int number = profile.integer("profile", 1, SPECIAL_DAYS);
      String key = profile.has("dayprofileid") ? "dayprofileid" : "dayprofile";
      Calendar.SpecialDay day =
          new Calendar.SpecialDay(
              date(profile.object("date")), profile.integer(key, 1, DAY_PROFILES));
      put(special, number, day);
    }
    return setCalendar(
        call, new Calendar(calendar.days(), calendar.weeks(), calendar.seasons(), special));
  }

  /** A known date keeps its number; a number that has another date already is refused. */
  private static void put(
      SortedMap<Integer, Calendar.SpecialDay> special, int number, Calendar.SpecialDay day) {
    for (Map.Entry<Integer, Calendar.SpecialDay> entry : special.entrySet()) {
      if (entry.getValue().date().equals(day.date())) {
        entry.setValue(day);
        return;
      }
    }
    if (special.containsKey(number)) {
      throw Refused.invalid();
    }
    special.put(number, day);
  }

  private static Calendar.Date date(Payload date) {
    int month = date.integer("month", 1, Calendar.ANY);
    int week = date.integer("week", 1, Calendar.ANY);
    boolean noMonth = month > 12 && month != Calendar.ANY;
    boolean noWeek = week > 5 && week != Calendar.ANY;
    if (noMonth || noWeek) {
      throw Refused.invalid();
    }
    return new Calendar.Date(
        day(date, Calendar.ANY), month, week, date.integer("year", 2000, Calendar.ANY_YEAR));
  }
}
