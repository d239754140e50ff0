package org.meterledger.driver.g13;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.MeterBus;
import org.meterledger.driver.ReadResult;

/** Which meters belong to a gateway (N31 to N34), and which wireless ones may (N38 to N40). */
public final class Registration {

  /** Wireless meters on the list of permitted ones (manual p. 128). */
  public static final int MOST_PERMITTED = 25;

  /** As many serial numbers of 17 characters as one payload holds. */
  private static final int SERIALS_IN_A_REQUEST = 20;

  private final G13Connection connection;

  Registration(G13Connection connection) {
    this.connection = connection;
  }

  /** How a meter is connected; the numbers are the gateway's. */
  public enum Bus {
    WIRED_MBUS(1, MeterBus.WIRED_MBUS),
    INFRARED_MBUS(2, MeterBus.INFRARED_MBUS),
    EQ_BUS(3, MeterBus.EQ_BUS),
    WIRELESS(4, MeterBus.WIRELESS);

    private final int number;
    private final MeterBus anybodys;

    Bus(int number, MeterBus anybodys) {
      this.number = number;
      this.anybodys = anybodys;
    }

    /** The same, as other drivers call it. */
    MeterBus anybodys() {
      return anybodys;
    }

    static Bus of(Node node) {
      var number = node.whole(1, 4);
      return values()[(int) number - 1];
    }

    public int number() {
      return number;
    }
  }

  /**
   * A registered meter.
   *
   * @param address on the bus; of a wireless meter its MAC address
   * @param status the gateway's number: the manual prints 1 both for offline and for online, and 0
   *     for registered
   */
  public record RegisteredMeter(
      String serialNumber, String alias, String location, Bus bus, String address, int status) {}

  /** The gateway with all its meters. */
  public record Meters(Naming gateway, List<RegisteredMeter> meters) {
    public Meters {
      meters = List.copyOf(meters);
    }
  }

  /** N31. */
  public ReadResult<Meters> list() {
    return connection.get("/meters", Registration::meters);
  }

  private static Meters meters(Node answer) {
    var meters = new ArrayList<RegisteredMeter>();
    for (Node location : answer.at("locations").items()) {
      for (Node meter : location.at("meters").items()) {
        meters.add(
            new RegisteredMeter(
                meter.at("serial").text(),
                meter.textOr("alias", ""),
                location.textOr("location", ""),
                Bus.of(meter.at("protocol")),
                meter.at("address").text(),
                meter.at("status").integer()));
      }
    }
    var once = meters.stream().map(RegisteredMeter::serialNumber).distinct().count();
    if (once < meters.size()) {
      throw new BadAnswer("names a meter twice");
    }
    return new Meters(Naming.of(answer), meters);
  }

  /** N32. Renames a meter, or moves it to another place. */
  public CommandResult rename(Naming meter) {
    return connection.post("/meters/" + meter.checked().serialNumber(), meter.payload());
  }

  /** N33. Registers a meter that a scan found. */
  public CommandResult register(Naming meter) {
    return connection.put("/meters", meter.checked().payload());
  }

  /** N34. */
  public CommandResult deregister(Naming meter) {
    return connection.delete("/meters/" + meter.checked().serialNumber(), meter.payload());
  }

  /** N38. */
  public ReadResult<List<String>> permitted() {
    return connection.get(
        "/permittedmeters",
        answer -> answer.at("meters").items().stream().map(Node::text).toList());
  }

  /** N39, in as many requests as it takes; ends with the first that is not Accepted. */
  public CommandResult permit(List<String> serialNumbers) {
    Limit.rule(
        !serialNumbers.isEmpty() && serialNumbers.size() <= MOST_PERMITTED,
        "At most " + MOST_PERMITTED + " wireless meters are permitted");
    return each("PUT", serialNumbers);
  }

  /** N40, likewise. */
  public CommandResult forbid(List<String> serialNumbers) {
    Limit.rule(!serialNumbers.isEmpty(), "No meter is named");
    return each("DELETE", serialNumbers);
  }

  private CommandResult each(String method, List<String> serialNumbers) {
    serialNumbers.forEach(Limit::serial);
    CommandResult result = null;
    for (int from = 0; from < serialNumbers.size(); from += SERIALS_IN_A_REQUEST) {
      var to = Math.min(from + SERIALS_IN_A_REQUEST, serialNumbers.size());
      var meters = Json.createArrayBuilder(serialNumbers.subList(from, to));
      var payload = Json.createObjectBuilder().add("meters", meters).build();
      result =
          "PUT".equals(method)
              ? connection.put("/permittedmeters", payload)
              : connection.delete("/permittedmeters", payload);
      if (!(result instanceof CommandResult.Accepted)) {
        return result;
      }
    }
    return result;
  }
}
