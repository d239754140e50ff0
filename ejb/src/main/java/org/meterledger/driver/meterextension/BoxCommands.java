package org.meterledger.driver.meterextension;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.ErrandTarget;
import org.meterledger.driver.FactoryResetTarget;
import org.meterledger.driver.MeterKeyTarget;
import org.meterledger.driver.ReadResult;
import org.meterledger.driver.RebootTarget;
import org.meterledger.driver.WifiTarget;

/** What a box can be told to do (manual 3.2). */
final class BoxCommands
    implements RebootTarget, WifiTarget, MeterKeyTarget, FactoryResetTarget, ErrandTarget {

  private final BoxConnection box;

  BoxCommands(BoxConnection box) {
    this.box = box;
  }

  @Override
  public CommandResult reboot() {
    return box.tell("system_restart", Map.of());
  }

  @Override
  public CommandResult configureWifi(String ssid, String password, WifiMode mode) {
    var arguments = new LinkedHashMap<String, String>();
    put("ssid", ssid, arguments);
    put("password", password, arguments);
    put("mode", mode == null ? null : mode == WifiMode.STATION ? "sta" : "sta_ap", arguments);
    return box.tell("wifi_config", arguments);
  }

  @Override
  public ReadResult<String> readSsid() {
    return box.ask("wifi_status")
        .fold(
            told -> ReadResult.complete(BoxAnswer.text(told.value(), "ssid").orElse("")),
            partial -> new ReadResult.Failed<>(partial.fault()),
            failed -> new ReadResult.Failed<>(failed.fault()));
  }

  @Override
  public CommandResult setMeterKey(String key) {
    return box.tell("meter_setkey", Map.of("key", key));
  }

  @Override
  public CommandResult resetToFactory() {
    return box.tell("meter_factreset", Map.of());
  }

  @Override
  public CommandResult fetchFirmware(URI address, String certificate) {
    var arguments = new LinkedHashMap<String, String>();
    arguments.put("firmware_uri", address.toString());
    put("cert", certificate, arguments);
    return box.tell("firmware_update", arguments);
  }

  @Override
  public CommandResult fetchFile(URI address, String certificate) {
    var arguments = new LinkedHashMap<String, String>();
    arguments.put("file_uri", address.toString());
    put("cert", certificate, arguments);
    return box.tell("download_file", arguments);
  }

  @Override
  public CommandResult post(URI address, String message, String certificate) {
    var arguments = new LinkedHashMap<String, String>();
    arguments.put("file_uri", address.toString());
    arguments.put("message", message);
    put("cert", certificate, arguments);
    return box.tell("request_post", arguments);
  }

  private static void put(String name, String value, Map<String, String> arguments) {
    if (value != null) {
      arguments.put(name, value);
    }
  }
}
