package org.meterledger.driver.g13;

import jakarta.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/** Looks for meters on the buses of a gateway (N35 to N37). */
public final class Scan {

  /** Meters that one request can delete from the list (manual p. 126). */
  public static final int MOST_DELETED = 15;

  private static final String PATH = "/meters/scanned";

  private final G13Connection connection;

  Scan(G13Connection connection) {
    this.connection = connection;
  }

  /**
   * A meter that was found.
   *
   * @param token of the scan that found it
   * @param address on the bus, of a wireless meter its MAC address
   */
  public record Found(long token, String serialNumber, Registration.Bus bus, String address) {}

  /** N35. */
  public record Result(boolean complete, List<Found> meters) {
    public Result {
      meters = List.copyOf(meters);
    }

    static Result of(Node answer) {
      var meters = new ArrayList<Found>();
      for (Node each : answer.at("scanresult").items()) {
        meters.add(
            new Found(
                each.at("token").whole(),
                each.at("serial").text(),
                Registration.Bus.of(each.at("protocol")),
                each.at("address").text()));
      }
      // 1 complete, 2 in progress by the text; the example shows 0, which is not complete either.
      return new Result(answer.at("scancomplete").whole(0, 2) == 1, meters);
    }
  }

  /** N35. */
  public ReadResult<Result> result() {
    return connection.get(PATH, Result::of);
  }

  /**
   * N36. Starts a scan; only one can run at a time.
   *
   * @param token any positive number, by which what is found is told apart
   */
  public CommandResult start(long token, ScanRequest request) {
    Limit.range("The token of a scan", token, 1, Integer.MAX_VALUE);
    return connection.post(PATH + "/" + token, request.payload(token));
  }

  /**
   * N37. Takes meters from the list.
   *
   * @return for each named meter whether it was on the list
   */
  public ReadResult<Map<String, Boolean>> delete(List<String> serialNumbers) {
    Limit.rule(
        !serialNumbers.isEmpty() && serialNumbers.size() <= MOST_DELETED,
        "One request deletes 1 to " + MOST_DELETED + " meters from the list");
    var meters = Json.createArrayBuilder();
    serialNumbers.forEach(
        serial -> meters.add(Json.createObjectBuilder().add("serial", Limit.serial(serial))));
    return connection.send(
        "DELETE",
        PATH,
        Json.createObjectBuilder().add("scanned", meters).build(),
        answer -> deleted(answer, serialNumbers));
  }

  private static Map<String, Boolean> deleted(Node answer, List<String> serialNumbers) {
    var list = answer.find("deleted").or(() -> answer.find("deletedmeters"));
    var deleted = new LinkedHashMap<String, Boolean>();
    for (String serial : serialNumbers) {
      var state = list.flatMap(node -> state(node, serial)).or(() -> answer.find(serial));
      state.ifPresent(node -> deleted.put(serial, node.whole(0, 1) == 0));
    }
    if (deleted.isEmpty()) {
      throw new BadAnswer("does not say what became of the meters");
    }
    return deleted;
  }

  /** Either keyed by serial number, or a list of objects that carry it. */
  private static Optional<Node> state(Node deleted, String serial) {
    if (!deleted.isArray()) {
      return deleted.find(serial);
    }
    for (Node each : deleted.items()) {
      if (each.find(serial).isPresent()) {
        return each.find(serial);
      }
      if (each.textOr("serial", "").equals(serial)) {
        return each.find("status").or(() -> each.find("result")).or(() -> each.find("deleted"));
      }
    }
    return Optional.empty();
  }

  /** N37 without payload: empties the list. */
  public CommandResult deleteAll() {
    return connection.command("DELETE", PATH);
  }
}
