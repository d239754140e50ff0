package org.meterledger.simulators.emu;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.meterledger.simulators.HttpAnswer;
import org.meterledger.simulators.Mains;

/** The pages of the meter's web server. */
final class EmuSite {
  private final EmuMeter meter;
  private final CsvPages csv;
  private final JsonPages json;
  private final String credentials;

  EmuSite(EmuMeter meter) {
    this.meter = meter;
    this.csv = new CsvPages(meter.settings());
    this.json = new JsonPages(meter.settings());
    String password = meter.settings().password();
    this.credentials =
        password.isEmpty()
            ? null
            : "Basic "
                + Base64.getEncoder()
                    .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Answers a request.
   *
   * @param authorization the header's value, or null
   * @param fault only row faults matter here
   */
  HttpAnswer answer(String method, String uri, String authorization, Optional<Fault> fault) {
    if (credentials != null && !credentials.equals(authorization)) {
      return HttpAnswer.text(401, "Unauthorized")
          .with("WWW-Authenticate", "Basic realm=\"EMU Professional II\"");
    }
    if (!method.equals("GET")) {
      return HttpAnswer.text(405, "Method not allowed").with("Allow", "GET");
    }
    QueryStringDecoder parts = new QueryStringDecoder(uri);
    try {
      return meter.recorded(now -> page(parts.path(), parts.parameters(), now, fault));
    } catch (Selection.BadParameter bad) {
      return HttpAnswer.text(400, bad.getMessage());
    }
  }

  private HttpAnswer page(
      String path, Map<String, List<String>> query, Recorder now, Optional<Fault> fault) {
    return switch (path) {
      case "/" -> front(now);
      case "/status.json" -> json.status(now);
      case "/meterdata.json" -> json.meterData(now);
      case "/data/" -> csv.loadProfile(now, query, fault);
      case "/logbook/" -> csv.logbook(now, query);
      default -> HttpAnswer.text(404, "Not found");
    };
  }

  private HttpAnswer front(Recorder now) {
    String page =
        """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>EMU Professional II</title></head>
        <body><h1>EMU Professional II TCP/IP (simulated)</h1>
        <p>Serial number %s, active power %d W</p>
        <ul><li><a href="/meterdata.json">Present values</a></li>
        <li><a href="/status.json">Settings</a></li>
        <li><a href="/data/?last=96">Load profile, last 96 rows</a></li>
        <li><a href="/logbook/?last=96">Logbook, last 96 lines</a></li></ul></body></html>
        """;
    long power = now.presentState()[Mains.P + Mains.TOTAL];
    return HttpAnswer.of(
        200, "text/html; charset=utf-8", page.formatted(meter.settings().serialNumber(), power));
  }
}
