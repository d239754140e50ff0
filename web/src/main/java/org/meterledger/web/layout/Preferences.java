package org.meterledger.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.meterledger.user.Accounts;
import org.meterledger.user.Theme;
import org.meterledger.web.security.Caller;
import org.omnifaces.util.Faces;

/**
 * Language and colours of whoever looks; kept in cookies, so that the sign-in page has them too.
 */
@Named
@RequestScoped
public class Preferences {

  static final List<String> LANGUAGES = List.of("en", "de");
  static final List<String> THEMES = List.of("auto", "light", "dark");

  private static final String AUTO = "auto";

  private static final String LANGUAGE = "meterledger_language";
  private static final String THEME = "meterledger_theme";
  private static final int YEAR_SECONDS = 31_536_000;

  @Inject private Caller caller;
  @Inject private Accounts accounts;

  private String language;
  private String theme;

  /** {@code en} or {@code de}: as chosen, else as the browser asks. */
  public String getLanguage() {
    if (language == null) {
      language =
          known(LANGUAGES, caller.getLanguage(), known(LANGUAGES, cookie(LANGUAGE), asked()));
    }
    return language;
  }

  /** {@code auto} follows the system; {@code light} and {@code dark} do not. */
  public String getTheme() {
    if (theme == null) {
      String kept = known(THEMES, cookie(THEME), AUTO);
      theme = caller.isSignedIn() ? ofAccount() : kept;
    }
    return theme;
  }

  /** With a region, which decides how numbers and times are written. */
  public Locale getLocale() {
    return getLanguage().equals("de") ? Locale.GERMANY : Locale.UK;
  }

  public List<String> getLanguages() {
    return LANGUAGES;
  }

  public List<String> getThemes() {
    return THEMES;
  }

  public void useLanguage(String wanted) {
    language = known(LANGUAGES, wanted, LANGUAGES.get(0));
    keep(LANGUAGE, language);
    Faces.redirect(Faces.getRequestURIWithQueryString());
  }

  public void useTheme(String wanted) {
    theme = known(THEMES, wanted, AUTO);
    keep(THEME, theme);
    Faces.redirect(Faces.getRequestURIWithQueryString());
  }

  private static String asked() {
    return Collections.list(Faces.getRequest().getLocales()).stream()
        .map(Locale::getLanguage)
        .filter(LANGUAGES::contains)
        .findFirst()
        .orElse(LANGUAGES.get(0));
  }

  private static String known(List<String> values, String value, String otherwise) {
    return value != null && values.contains(value) ? value : otherwise;
  }

  private String ofAccount() {
    return caller.getTheme() == null ? AUTO : caller.getTheme().toLowerCase(Locale.ROOT);
  }

  private static String cookie(String name) {
    return Faces.getRequestCookie(name);
  }

  private void keep(String name, String value) {
    Faces.addResponseCookie(name, value, "/", YEAR_SECONDS);
    if (caller.isSignedIn()) {
      accounts.prefer(
          caller.getAccount().id(),
          getLanguage(),
          getTheme().equals(AUTO) ? null : Theme.valueOf(getTheme().toUpperCase(Locale.ROOT)),
          caller.getTimeZone() == null ? null : caller.getTimeZone().getId());
    }
  }
}
