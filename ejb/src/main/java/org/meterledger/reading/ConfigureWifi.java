package org.meterledger.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.meterledger.driver.Capability;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.MeterSession;
import org.meterledger.driver.WifiTarget;
import org.meterledger.driver.WifiTarget.WifiMode;
import org.meterledger.operation.InvalidOperation;
import org.meterledger.operation.OperationParameter;
import org.meterledger.operation.Progress;

/**
 * Tells a device into which wireless network it goes. The name of the network is read back; the
 * password and the mode are told by no device.
 */
@ApplicationScoped
public class ConfigureWifi extends DeviceCommand {

  public static final String NAME = "CONFIGURE_WIFI";
  public static final String SSID = "ssid";
  public static final String PASSWORD = "password";
  public static final String MODE = "wifiMode";

  /** Of IEEE 802.11, in bytes. */
  private static final int LONGEST_SSID = 32;

  private static final int LONGEST_PASSWORD = 64;

  /** A pass phrase, or the key itself (IEEE 802.11, annex J). */
  private static final Pattern WPA = Pattern.compile("[ -~]{8,63}|[0-9A-Fa-f]{64}");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Class<? extends Capability> needs() {
    return WifiTarget.class;
  }

  @Override
  public List<OperationParameter> parameters(MeterSession unopened) {
    return List.of(
        OperationParameter.text(SSID, false, LONGEST_SSID),
        OperationParameter.secret(PASSWORD, false, LONGEST_PASSWORD),
        OperationParameter.choice(
            MODE, false, Stream.of(WifiMode.values()).map(WifiMode::name).toList()));
  }

  @Override
  public void check(MeterSession unopened, JsonObject parameters) {
    if (parameters.isEmpty()) {
      throw new InvalidOperation(
          "parameters", "required", "One of ssid, password and wifiMode is needed");
    }
    var ssid = parameters.getString(SSID, null);
    if (ssid != null
        && (ssid.getBytes(StandardCharsets.UTF_8).length > LONGEST_SSID
            || ssid.chars().anyMatch(Character::isISOControl))) {
      throw new InvalidOperation(
          "parameters." + SSID,
          "pattern",
          "ssid has at most 32 bytes in UTF-8 and no control characters");
    }
    var password = parameters.getString(PASSWORD, null);
    if (password != null && !WPA.matcher(password).matches()) {
      throw new InvalidOperation(
          "parameters." + PASSWORD,
          "pattern",
          "password has 8 to 63 printable ASCII characters, or 64 hexadecimal digits");
    }
  }

  @Override
  CommandResult send(MeterSession session, JsonObject parameters) {
    var mode = parameters.getString(MODE, null);
    return wifi(session)
        .configureWifi(
            parameters.getString(SSID, null),
            parameters.getString(PASSWORD, null),
            mode == null ? null : WifiMode.valueOf(mode));
  }

  private static WifiTarget wifi(MeterSession session) {
    return session.as(WifiTarget.class).orElseThrow();
  }

  @Override
  void readBack(
      MeterSession session,
      JsonObject parameters,
      CommandResult sent,
      JsonObjectBuilder told,
      Progress progress) {
    var wanted = parameters.getString(SSID, null);
    if (wanted == null) {
      super.readBack(session, parameters, sent, told, progress);
      return;
    }
    var back = new Progress();
    var found = back.value(wifi(session).readSsid());
    if (back.fault() != null) {
      progress.fail(Commands.unconfirmed(sent, back.fault()));
    } else if (found.equals(wanted)) {
      told.add(SSID, found);
    } else {
      progress.fail(Commands.notTaken(sent, "it is still in the network " + found));
    }
  }
}
