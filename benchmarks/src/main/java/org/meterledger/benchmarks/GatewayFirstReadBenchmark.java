package org.meterledger.benchmarks;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.meterledger.server.Database;
import org.meterledger.simulators.g13.GatewaySettings;
import org.meterledger.simulators.g13.MeterSettings;

/** The first read-out of a full meter, against the gateway's own rate of the same answers. */
final class GatewayFirstReadBenchmark implements Benchmark {

  private static final String SERIAL = "FULL0001";
  private static final int[] QUANTITIES = {1, 2, 21, 22, 33, 69, 70, 71};
  private static final int SESSIONS = 2;
  private static final double AIM = 0.3;
  private static final String ROWS =
      """
      select count(*) from load_profile_entry e join load_profile p on p.id = e.profile_id
       where p.obis = '1-0:99.1.128*255'""";

  private final String token =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(StandardCharsets.UTF_8));

  @Override
  public String name() {
    return "g13-first-read";
  }

  @Override
  public String purpose() {
    return "first read-out of a meter with full load profiles, from the gateway to the archive,"
        + " against the same requests by a client that only drains the answers";
  }

  @Override
  public List<Options.Option> options() {
    return List.of(
        new Options.Option("--items", "40000", "of all eight channels together, a minute apart"),
        new Options.Option("--latency-ms", "0", "of each answer"),
        new Options.Option("--rounds", "3", "meters, one after the other; the median counts"));
  }

  /** Seconds that each took, and what came. */
  private record Times(double product, double cpu, double raw, int requests, long rows) {}

  @Override
  public void run(Options options, Report report) throws Exception {
    int items = options.number("--items");
    var times = new ArrayList<Times>();
    for (int i = 0; i < options.number("--rounds"); i++) {
      times.add(once(items, options.number("--latency-ms"), report));
      var last = times.get(i);
      report.say(
          "Round %d: %.2f s (CPU %.2f s) and %d requests to the archive, %.2f s to drain them;"
              + " %d rows",
          i + 1, last.product(), last.cpu(), last.requests(), last.raw(), last.rows());
    }
    double product = Measure.median(times.stream().map(Times::product).toList());
    double raw = Measure.median(times.stream().map(Times::raw).toList());
    report.figure(
        new Report.Figure("g13-first-read.items", items / product, "items/s", raw / product),
        "%d items: %.0f items/s, %.0f rows/s to the archive; the gateway's own rate is %.0f"
            + " items/s: %.2f (aim %.1f)",
        items,
        items / product,
        times.get(0).rows() / product,
        items / raw,
        raw / product,
        AIM);
  }

  private Times once(int items, int latencyMillis, Report report) throws Exception {
    var clock = new ShiftedClock();
    var meter = MeterSettings.of(SERIAL, "A44 512-100", clock.instant());
    var gateway = GatewaySettings.of("ABBG13FULL01", List.of(meter));
    int each = items / QUANTITIES.length;
    try (var database = BenchmarkDatabase.start(report);
        var run = new GatewayRun(database, clock, List.of(gateway), SESSIONS, latencyMillis)) {
      configure(client(), run.base(0), each);
      clock.advance(Duration.ofMinutes(each + 1L));
      long before = run.requests();
      double cpu = GatewayRun.productSeconds();
      double product =
          Measure.seconds(
              () -> {
                run.register("LOAD_PROFILE");
                run.awaitArchived(clock.instant());
              });
      cpu = GatewayRun.productSeconds() - cpu;
      int requests = (int) (run.requests() - before);
      var paths = run.simulator().gateway(0).traffic().requestedPaths();
      var asked = paths.subList(paths.size() - requests, paths.size());
      double raw = Measure.seconds(() -> drain(client(), run.base(0), asked));
      return new Times(product, cpu, raw, requests, stored(database.database(), each));
    }
  }

  /** A figure of a reading that failed would mean nothing. */
  private static long stored(Database database, int least) {
    long rows = database.first(ROWS, row -> row.getLong(1)).orElse(0L);
    var fault =
        database.first(
            "select detail from reading_attempt where result <> 'COMPLETE'",
            row -> row.getString(1));
    if (rows < least || fault.isPresent()) {
      throw new IllegalStateException(rows + " rows stored; " + fault.orElse("no fault"));
    }
    return rows;
  }

  private void configure(HttpClient client, URI base, int each) throws Exception {
    var channels = new ArrayList<String>();
    for (int quantity : QUANTITIES) {
      channels.add("[60,%d,%d]".formatted(quantity, each));
    }
    var request =
        HttpRequest.newBuilder(
                URI.create(base + "/meters/" + SERIAL + "/loadprofiles/configuration"))
            .header("Authorization", token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"lpconfig\":[" + String.join(",", channels) + "]}"))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200 || !answer.body().contains("success")) {
      throw new IllegalStateException(answer.body());
    }
  }

  private void drain(HttpClient client, URI base, List<String> paths) throws Exception {
    for (String path : paths) {
      var request =
          HttpRequest.newBuilder(URI.create(base + path)).header("Authorization", token).build();
      client.send(request, BodyHandlers.discarding());
    }
  }

  private static HttpClient client() throws Exception {
    var tls = SSLContext.getInstance("TLS");
    tls.init(null, new TrustManager[] {new Anybody()}, null);
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(tls).build();
  }

  /** The simulated gateway has just issued its certificate. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
