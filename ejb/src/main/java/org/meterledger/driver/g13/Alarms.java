package org.meterledger.driver.g13;

import jakarta.json.Json;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** What a meter raises alarms for (N52, N53). */
public final class Alarms {

  /** Alarms of a meter. */
  public static final int MOST = 25;

  private final G13Meter.Place place;

  Alarms(G13Meter.Place place) {
    this.place = place;
  }

  /**
   * One alarm.
   *
   * @param id 1 to 25
   * @param quantity by its number; 0 for an alarm that is not in use, of which the rest says
   *     nothing
   * @param onDelaySeconds not negative, likewise {@code offDelaySeconds}
   * @param log whether it leaves an event
   * @param output 1 to 4, which must be configured as alarm output before; 0 when none is told,
   *     which is not sent
   */
  public record Alarm(
      int id,
      int quantity,
      long onThreshold,
      long offThreshold,
      long onDelaySeconds,
      long offDelaySeconds,
      boolean log,
      int output) {

    /**
     * @throws IllegalArgumentException when a rule of the gateway is broken
     */
    public Alarm checked() {
      Limit.range("The number of an alarm", id, 1, MOST);
      Limit.range("The quantity of an alarm", quantity, 1, 9999);
      Limit.range("The delay on", onDelaySeconds, 0, Integer.MAX_VALUE);
      Limit.range("The delay off", offDelaySeconds, 0, Integer.MAX_VALUE);
      Limit.range("The output of an alarm", output, 1, Ports.PORTS);
      return this;
    }

    static Alarm of(Node node) {
      return new Alarm(
          (int) node.at("id").whole(1, MOST),
          node.find("quantity").map(Node::integer).orElse(0),
          node.find("onthreshold").map(Node::whole).orElse(0L),
          node.find("offthreshold").map(Node::whole).orElse(0L),
          node.find("ondelay").map(Node::whole).orElse(0L),
          node.find("offdelay").map(Node::whole).orElse(0L),
          // The example prints numbers such as 4000 for both (manual p. 158).
          node.find("log").map(log -> !List.of("0", "false").contains(log.text())).orElse(false),
          node.find("output").map(Node::integer).orElse(0));
    }
  }

  /** N52. */
  public ReadResult<List<Alarm>> list() {
    return place.get(
        "alarms/configuration",
        answer -> answer.at("alarmconfig").items().stream().map(Alarm::of).toList());
  }

  /** N53. One alarm in a request. */
  public CommandResult set(Alarm alarm) {
    alarm.checked();
    var config =
        Json.createObjectBuilder()
            .add("id", alarm.id())
            .add("quantity", alarm.quantity())
            .add("onthreshold", alarm.onThreshold())
            .add("offthreshold", alarm.offThreshold())
            .add("ondelay", alarm.onDelaySeconds())
            .add("offdelay", alarm.offDelaySeconds())
            .add("log", alarm.log())
            .add("output", alarm.output());
    return place.post(
        "alarms/configuration", Json.createObjectBuilder().add("alarmconfig", config).build());
  }
}
