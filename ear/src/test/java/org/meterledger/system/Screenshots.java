package org.meterledger.system;

import com.microsoft.playwright.Page;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes pictures of every page of a running portal, light and dark, on a desk and on a telephone.
 * Arguments: address, account, password, serial number of a meter, folder for the pictures.
 */
public final class Screenshots {

  private static final int[][] SIZES = {{1440, 900}, {390, 844}};

  private Screenshots() {}

  public static void main(String[] arguments) {
    var base = URI.create(arguments[0]);
    var folder = Path.of(arguments.length > 4 ? arguments[4] : "target/screenshots");
    try (var browsers = Browsers.start()) {
      for (int[] size : SIZES) {
        for (boolean dark : new boolean[] {false, true}) {
          var page = browsers.page(base, size[0], size[1], dark);
          String suffix = "-" + size[0] + (dark ? "-dark" : "-light") + ".png";
          page.navigate("/login.xhtml");
          shoot(page, folder.resolve("login" + suffix));
          Browsers.signIn(page, arguments[1], arguments[2]);
          var pages = pages(arguments[3]);
          pages.putAll(accountPages(arguments[1]));
          pages.forEach(
              (name, path) -> {
                page.navigate(path);
                shoot(page, folder.resolve(name + suffix));
              });
          page.context().close();
        }
      }
    }
  }

  /** Every page by name, the meter's with this serial number. */
  static Map<String, String> pages(String serial) {
    var pages = new LinkedHashMap<String, String>();
    pages.put("overview", "/index.xhtml");
    pages.put("meters", "/meters/list.xhtml");
    pages.put("add", "/meters/edit.xhtml");
    pages.put("edit", "/meters/edit.xhtml?serial=" + serial);
    pages.put("remove", "/meters/remove.xhtml?serial=" + serial);
    pages.put("now", "/meter/now.xhtml?serial=" + serial);
    pages.put("load-profile", "/meter/load-profile.xhtml?serial=" + serial);
    pages.put("load-profile-month", "/meter/load-profile.xhtml?span=month&serial=" + serial);
    pages.put("events", "/meter/events.xhtml?serial=" + serial);
    pages.put("readings", "/meter/readings.xhtml?serial=" + serial);
    pages.put("settings", "/meter/settings.xhtml?serial=" + serial);
    pages.put("meter-operations", "/meter/operations.xhtml?serial=" + serial);
    pages.put("plans", "/readings.xhtml");
    pages.put("plan", "/readings/plan.xhtml?id=1");
    pages.put("operations", "/operations.xhtml");
    pages.put("new-operation", "/operations/new.xhtml?serial=" + serial);
    pages.put("approvals", "/approvals.xhtml");
    pages.put("webhooks", "/webhooks.xhtml");
    pages.put("groups", "/groups.xhtml");
    pages.put("group", "/groups.xhtml?group=3");
    pages.put("locations", "/locations.xhtml");
    pages.put("networks", "/networks.xhtml");
    pages.put("account", "/account.xhtml");
    pages.put("api", "/api.xhtml");
    pages.put("not-found", "/meter/now.xhtml?serial=unknown");
    return pages;
  }

  /** Those that say who may do what, and who did what. */
  static Map<String, String> accountPages(String account) {
    var pages = new LinkedHashMap<String, String>();
    pages.put("users", "/users.xhtml");
    pages.put("user", "/users.xhtml?name=" + account);
    pages.put("roles", "/roles.xhtml");
    pages.put("role", "/roles.xhtml?role=2");
    pages.put("sessions", "/sessions.xhtml");
    pages.put("tokens", "/tokens.xhtml");
    pages.put("all-tokens", "/tokens.xhtml?all=true");
    pages.put("second-factor", "/second-factor.xhtml");
    pages.put("identity-provider", "/identity-provider.xhtml");
    pages.put("audit", "/audit.xhtml");
    return pages;
  }

  private static void shoot(Page page, Path file) {
    if (page.locator("#chart").count() > 0) {
      page.waitForSelector("#chart[data-points]");
    }
    page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
  }
}
