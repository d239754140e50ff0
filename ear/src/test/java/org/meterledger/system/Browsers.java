package org.meterledger.system;

import static org.junit.jupiter.api.Assumptions.abort;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Chromium: the system's where there is one, else the one that Playwright can bring. */
final class Browsers implements AutoCloseable {

  private static final List<Path> INSTALLED =
      Stream.of(
              "/usr/bin/chromium",
              "/usr/bin/chromium-browser",
              "/usr/bin/google-chrome",
              "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
              "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe")
          .map(Path::of)
          .toList();

  private final Playwright playwright;
  private final Browser browser;

  private Browsers(Playwright playwright, Browser browser) {
    this.playwright = playwright;
    this.browser = browser;
  }

  /** Gives the test up, with the reason, when no browser can be had. */
  static Browsers start() {
    Optional<Path> installed = INSTALLED.stream().filter(Files::isExecutable).findFirst();
    var environment = new java.util.HashMap<>(System.getenv());
    installed.ifPresent(path -> environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"));
    Playwright playwright = null;
    try {
      playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
      var options =
          new BrowserType.LaunchOptions()
              // root has no sandbox, and these pages are our own
              .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking"));
      installed.ifPresent(options::setExecutablePath);
      return new Browsers(playwright, playwright.chromium().launch(options));
    } catch (PlaywrightException e) {
      if (playwright != null) {
        playwright.close();
      }
      return abort("No Chromium is installed and none can be fetched: " + e.getMessage());
    }
  }

  /** A page with cookies of its own. */
  Page page(URI base, int width, int height, boolean dark) {
    var options =
        new Browser.NewContextOptions()
            .setBaseURL(base.toString())
            .setViewportSize(width, height)
            .setLocale("en-GB")
            .setColorScheme(dark ? ColorScheme.DARK : ColorScheme.LIGHT);
    return browser.newContext(options).newPage();
  }

  /** Signs in by the form, as a person does. */
  static void signIn(Page page, String name, String password) {
    page.navigate("/login.xhtml");
    page.getByLabel("Name").fill(name);
    page.getByLabel("Password").fill(password);
    button(page, "Sign in").click();
    page.waitForURL(url -> !url.contains("login.xhtml"));
  }

  static Locator button(Page page, String name) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
