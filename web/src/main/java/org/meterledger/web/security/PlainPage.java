package org.meterledger.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.ResourceBundle;
import org.meterledger.user.Accounts;

/** An error page that costs nothing to make and runs nothing, for who is turned away. */
final class PlainPage {

  private PlainPage() {}

  /** What is said to programs. */
  static String english(String code) {
    return text(Locale.ENGLISH, code, "words");
  }

  /**
   * @param code of the texts {@code error.CODE.title} and {@code .words}
   */
  static void write(
      HttpServletRequest request, HttpServletResponse response, int status, String code)
      throws IOException {
    var language =
        Accounts.LANGUAGES.contains(request.getLocale().getLanguage())
            ? request.getLocale()
            : Locale.ENGLISH;
    String title = text(language, code, "title");
    byte[] page =
        ("<!DOCTYPE html><html lang=\""
                + language.getLanguage()
                + "\"><head><meta charset=\"utf-8\"><title>"
                + title
                + "</title></head><body><main><h1>"
                + title
                + "</h1><p>"
                + text(language, code, "words")
                + "</p></main></body></html>")
            .getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setHeader("Content-Security-Policy", SecurityHeaders.NOTHING);
    response.setContentType("text/html;charset=UTF-8");
    response.setContentLength(page.length);
    response.getOutputStream().write(page);
    response.flushBuffer();
  }

  private static String text(Locale language, String code, String part) {
    return ResourceBundle.getBundle(
            "org.meterledger.web.text", language, PlainPage.class.getClassLoader())
        .getString("error." + code + "." + part);
  }
}
