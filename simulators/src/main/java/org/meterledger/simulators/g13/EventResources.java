package org.meterledger.simulators.g13;

import static org.meterledger.simulators.g13.Router.Right.CONFIGURE;
import static org.meterledger.simulators.g13.Router.Right.VIEW;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A meter's logs and alarms (N51 to N53). */
final class EventResources {
  private static final String EVENTS = "/meters/{serial}/events/{until}";
  private static final String ALARMS = "/meters/{serial}/alarms/configuration";
  private static final int LONGEST_DELAY = 65_535;

  private EventResources() {}

  static void addTo(Router router) {
    router.add(51, "GET", EVENTS, VIEW, call -> events(call, EventLogs.MOST));
    router.add(
        51,
        "GET",
        EVENTS + "/{count}",
        VIEW,
        call -> events(call, call.number("count", 1, EventLogs.MOST)));
    router.add(52, "GET", ALARMS, VIEW, EventResources::alarms);
    router.add(53, "POST", ALARMS, CONFIGURE, EventResources::setAlarm);
  }

  private static Answer events(Call call, int count) {
    LocalDateTime until = Json.time(call.argument("until"));
    G13Meter meter = call.meter();
    meter.watchAlarms(call.now());
    Map<String, Object> answer = Json.object();
    for (String log : List.of(MeterEvent.SYSTEM, MeterEvent.QUALITY, MeterEvent.EVENT)) {
      answer.put(
          log, meter.logs.until(log, until, count).stream().map(EventResources::event).toList());
    }
    return Answer.streamed(List.of(Json.write(answer)).iterator());
  }

  private static Map<String, Object> event(MeterEvent event) {
    return Json.object(
        "datetime", Json.time(event.time()),
        "duration", event.duration(),
        "category", event.category(),
        "logid", event.id());
  }

  private static Answer alarms(Call call) {
    call.needs(Level.Function.ALARMS);
    List<Object> alarms = new ArrayList<>();
    for (int number = 0; number < Alarm.COUNT; number++) {
      Map<String, Object> alarm = Json.object("id", number + 1);
      if (call.meter().alarms[number] != null) {
        Alarm.Configuration set = call.meter().alarms[number].configuration();
        alarm.putAll(
            Json.object(
                "quantity", set.quantity().id(),
                "onthreshold", set.onThreshold(),
                "offthreshold", set.offThreshold(),
                "ondelay", set.onDelay(),
                "offdelay", set.offDelay(),
                "log", set.log(),
                "output", set.output()));
      }
      alarms.add(alarm);
    }
    return Answer.json("alarmconfig", alarms);
  }

  private static Answer setAlarm(Call call) {
    call.needs(Level.Function.ALARMS);
    Payload alarm = call.payload().object("alarmconfig");
    int number = alarm.integer("id", 1, Alarm.COUNT);
    Quantity quantity =
        Storable.quantity(
            alarm.integer("quantity", 1, Integer.MAX_VALUE),
            Storable.ALARMS::contains,
            call.meter().label);
    Alarm.Configuration configuration =
        new Alarm.Configuration(
            quantity,
            alarm.integer("onthreshold", Integer.MIN_VALUE, Integer.MAX_VALUE),
            alarm.integer("offthreshold", Integer.MIN_VALUE, Integer.MAX_VALUE),
            alarm.integer("ondelay", 0, LONGEST_DELAY),
            alarm.integer("offdelay", 0, LONGEST_DELAY),
            alarm.bool("log"),
            alarm.integer("output", 1, Ports.COUNT));
    if (call.meter().ports.code(configuration.output() - 1) != Ports.ALARM) {
      throw Refused.invalid(); // the port must have been made an alarm output before (p. 157)
    }
    return call.update(
        () -> {
          call.meter().watchAlarms(call.now());
          call.meter().alarms[number - 1] = new Alarm(number, configuration, call.now());
        });
  }
}
