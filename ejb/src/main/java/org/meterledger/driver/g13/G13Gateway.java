package org.meterledger.driver.g13;

import jakarta.json.Json;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ReadResult;

/**
 * The resources of a gateway. None throws for what the gateway does; an argument that breaks one of
 * its rules is an {@link IllegalArgumentException} with a sentence, before anything is sent.
 */
public final class G13Gateway {

  private final G13Connection connection;

  G13Gateway(G13Connection connection) {
    this.connection = connection;
  }

  /** A meter behind the gateway (N41 to N90). */
  public G13Meter meter(String serialNumber) {
    return new G13Meter(connection, Limit.serial(serialNumber));
  }

  /** Accounts and what they may do (N17 to N23). */
  public Users users() {
    return new Users(connection);
  }

  /** Firmware of gateway and meters (N24 to N27). */
  public Firmware firmware() {
    return new Firmware(connection);
  }

  /** Which meters belong to the gateway (N31 to N34, N38 to N40). */
  public Registration registration() {
    return new Registration(connection);
  }

  /** Looks for meters on the buses (N35 to N37). */
  public Scan scan() {
    return new Scan(connection);
  }

  /** Raw objects of meters (N16). */
  public Cosem cosem() {
    return new Cosem(connection);
  }

  /** N1. */
  public ReadResult<About> about() {
    return connection.get("/about", About::of);
  }

  /** N2. Begins a session, which requests of this driver do not need. */
  public CommandResult login() {
    return connection.command("POST", "/login");
  }

  /** N3. */
  public CommandResult logout() {
    return connection.command("POST", "/logout");
  }

  /** N4. */
  public ReadResult<GatewayConfiguration> configuration() {
    return connection.get("/configuration", GatewayConfiguration::of);
  }

  /**
   * N5, read back. With another address the gateway is gone from where it was, so the result is
   * Unconfirmed.
   */
  public Written<GatewayConfiguration> setIp(IpSettings wanted) {
    var sent = connection.post("/configuration/ip", wanted.checked().payload());
    return readBack(sent, now -> now.ip().equals(wanted));
  }

  /** N6, read back. */
  public Written<GatewayConfiguration> setEqBus(EqBusSettings wanted) {
    var sent = connection.post("/configuration/eqbus", wanted.checked().payload());
    return readBack(sent, now -> now.eqBus().equals(wanted));
  }

  /** N7, read back. */
  public Written<GatewayConfiguration> setWiredMBus(MBusTimeouts wanted) {
    var sent = connection.post("/configuration/mbus_wired", wanted.checked().payload());
    return readBack(sent, now -> now.wiredMBus().equals(wanted));
  }

  /** N8, read back. */
  public Written<GatewayConfiguration> setInfraredMBus(MBusTimeouts wanted) {
    var sent = connection.post("/configuration/mbus_ir", wanted.checked().payload());
    return readBack(sent, now -> now.infraredMBus().equals(wanted));
  }

  private Written<GatewayConfiguration> readBack(
      CommandResult sent, Predicate<GatewayConfiguration> wanted) {
    return Written.readBack(sent, this::configuration, wanted, connection.clock());
  }

  /** N9. */
  public ReadResult<Naming> naming() {
    return connection.get("/gateway", Naming::of);
  }

  /** N10, read back. */
  public Written<Naming> rename(Naming wanted) {
    var sent = connection.post("/gateway", wanted.checked().payload());
    return Written.readBack(sent, this::naming, wanted::equals, connection.clock());
  }

  /** N11. */
  public ReadResult<GatewayTime> time() {
    return connection.get("/gateway/datetime", GatewayTime::of);
  }

  /**
   * N12.
   *
   * @param at by the clock that the gateway is to show, in whole seconds
   */
  public CommandResult setTime(LocalDateTime at) {
    return connection.post(
        "/gateway/datetime", Json.createObjectBuilder().add("datetime", text(at)).build());
  }

  /** N13, as the gateway orders them: newest first. */
  public ReadResult<List<GatewayEvent>> events() {
    return connection.getList("/gateway/events", GatewayEvent::list);
  }

  /** N14. Only for administrators of the gateway. */
  public CommandResult clearEvents() {
    return connection.command("DELETE", "/gateway/events");
  }

  /** N15. Accepted when the gateway says that it reboots. */
  public CommandResult reboot() {
    return connection.command("POST", "/gateway/reboot");
  }

  /** N28. */
  public ReadResult<ParameterMapping> parameterMapping() {
    return connection.get("/parametermapping", ParameterMapping::of);
  }

  /** N29. */
  public ReadResult<StorableQuantities> storableQuantities() {
    return connection.get("/storablequantities", StorableQuantities::of);
  }

  /**
   * N91.
   *
   * @param id out of the {@code Link} header of the answer that broke off
   */
  public ReadResult<LastError> lastError(long id) {
    Limit.range("The id of an error", id, 1, Integer.MAX_VALUE);
    return connection.get(LastError.PATH + id, LastError::of);
  }

  /** {@code YYYY-MM-DDTHH:MM:SS}. */
  static String text(LocalDateTime at) {
    var whole = at.truncatedTo(ChronoUnit.SECONDS);
    return DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").format(whole);
  }

  Clock clock() {
    return connection.clock();
  }
}
