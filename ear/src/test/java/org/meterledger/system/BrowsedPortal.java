package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.TreeMap;
import org.meterledger.simulators.emu.EmuFleet;
import org.meterledger.simulators.emu.EmuSimulator;

/** A portal that people look at in a browser, and the simulated meter that they add to it. */
final class BrowsedPortal implements AutoCloseable {

  static final String ADMINISTRATOR = "anna";

  /** For what a meter is asked first. */
  static final double PATIENCE_MILLIS = 90_000;

  private static final String PASSWORD = "eleven green bottles";

  private final Browsers browsers = Browsers.start();
  private final Database database = Database.temporary();
  private final EmuSimulator meters;
  private final ServerProcess server;

  /**
   * @param days of history that the meter has
   */
  BrowsedPortal(String name, int days) {
    meters = EmuSimulator.start(EmuFleet.fresh(1, days, 1, Instant.now()), 0);
    server =
        ServerProcess.inNew(Path.of("target/it", name))
            .with(database)
            .with("METERLEDGER_ADMIN_NAME", ADMINISTRATOR)
            .with("METERLEDGER_ADMIN_PASSWORD", PASSWORD);
  }

  void start() throws Exception {
    server.start().awaitReady();
  }

  Database database() {
    return database;
  }

  String serial() {
    return meters.meter(0).settings().serialNumber();
  }

  URI address() {
    return meters.uri(0);
  }

  /** What the meter says it recorded: active import T1 in Wh by period end (manual 1475, p. 12). */
  TreeMap<Instant, String> recorded() throws IOException {
    var truth = new StringBuilder();
    meters.meter(0).writeTruthCsv(truth);
    var recorded = new TreeMap<Instant, String>();
    truth
        .toString()
        .lines()
        .skip(1)
        .map(line -> line.split(","))
        .forEach(cells -> recorded.put(Instant.parse(cells[0]), cells[4]));
    return recorded;
  }

  /** A page at which nobody has signed in. */
  Page page(int width, int height, boolean dark) {
    return browsers.page(server.uri(), width, height, dark);
  }

  void signIn(Page page, String name) {
    Browsers.signIn(page, name, PASSWORD);
  }

  /** A light page on a desk. */
  Page signedIn(String name) {
    var page = page(1440, 900, false);
    signIn(page, name);
    return page;
  }

  /** Has the API make something, as the administrator. */
  private void add(String path, String json) throws Exception {
    var browser = new Browser(server.uri());
    browser.signIn(ADMINISTRATOR, PASSWORD);
    var answer = new ApiClient(server.uri(), browser.token()).post(path, json);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
  }

  /** An account that may look at all meters. */
  void addViewer(String name) throws Exception {
    add(
        "accounts",
        "{'name':'%s','password':'%s','grants':[{'role':6,'group':1,'access':'VIEW'}]}"
            .formatted(name, PASSWORD));
  }

  /**
   * @param state {@code PAUSED} where it is not to be read
   */
  void addMeter(String serial, URI address, String state) throws Exception {
    add(
        "meters",
        "{'serialNumber':'%s','model':'emu-professional-ii','address':'%s','state':'%s',"
                .formatted(serial, address, state)
            + "'timeZone':'Europe/Zurich'}");
  }

  @Override
  public void close() {
    browsers.close();
    server.close();
    meters.close();
    database.close();
  }
}
