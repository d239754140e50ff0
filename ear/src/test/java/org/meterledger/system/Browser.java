package org.meterledger.system;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser as far as forms, cookies and pages go; follows no redirect by itself. */
final class Browser {

  private static final Pattern FORM = Pattern.compile("<form\\b.*?</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<(?:input|button)\\b[^>]*>");
  private static final Pattern SELECT = Pattern.compile("<select\\b.*?</select>", Pattern.DOTALL);
  private static final Pattern SELECTED = Pattern.compile("<option value=\"([^\"]*)\" selected");
  private static final Pattern ACTION = Pattern.compile("action=\"([^\"]*)\"");

  /** What the script of PrimeFaces would add to a form. */
  private static final Pattern NONCE = Pattern.compile("csp\\.init\\('([^']*)'");

  private final URI base;
  private final CookieManager cookies = new CookieManager();
  private final HttpClient http;

  Browser(URI base) {
    this.base = base;
    this.http = HttpClient.newBuilder().cookieHandler(cookies).build();
  }

  HttpResponse<String> get(String path, String... headers) throws Exception {
    var request = HttpRequest.newBuilder(base.resolve(path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> signIn(String name, String password) throws Exception {
    return submit("/login.xhtml", Map.of("name", name, "password", password));
  }

  Optional<String> cookie(String name) {
    return cookies.getCookieStore().getCookies().stream()
        .filter(cookie -> cookie.getName().equals(name))
        .map(HttpCookie::getValue)
        .findFirst();
  }

  /** Listens as an open page does; {@code on} is each a topic or topic:key. */
  PushClient listen(String on, String... headers) {
    return new PushClient(http, base.resolve("/push?on=" + on), headers);
  }

  /** The token that pages hand to their scripts. */
  String token() throws Exception {
    String page = get("/api.xhtml").body();
    var token = Pattern.compile("name=\"api-token\" content=\"([^\"]+)\"").matcher(page);
    if (!token.find()) {
      throw new IllegalStateException("No token on the page:\n" + page);
    }
    return token.group(1);
  }

  /**
   * Fills and sends a form by its button {@code submit}.
   *
   * @param values by the last part of the field's name
   */
  HttpResponse<String> submit(String path, Map<String, String> values) throws Exception {
    return press(path, "submit", values);
  }

  /** Presses a button of a page. */
  HttpResponse<String> press(String path, String button) throws Exception {
    return press(path, button, Map.of());
  }

  /**
   * Fills a form and presses one of its buttons.
   *
   * @param values by the last part of the field's name
   */
  HttpResponse<String> press(String path, String button, Map<String, String> values)
      throws Exception {
    return press(path, button, values, fields -> fields);
  }

  /**
   * The same as somebody else would have it sent.
   *
   * @param changed of the fields that the page has
   */
  HttpResponse<String> press(
      String path,
      String button,
      Map<String, String> values,
      UnaryOperator<Map<String, String>> changed,
      String... headers)
      throws Exception {
    String page = get(path).body();
    String form =
        FORM.matcher(page)
            .results()
            .map(match -> match.group())
            .filter(each -> each.contains(":" + button + "\""))
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("No " + button + " on the page:\n" + page));
    var action = ACTION.matcher(form);
    if (!action.find()) {
      throw new IllegalStateException("A form without action:\n" + form);
    }
    var fields = changed.apply(fields(page, form, button, values));
    return post(action.group(1).replace("&amp;", "&"), fields, headers);
  }

  private static Map<String, String> fields(
      String page, String form, String button, Map<String, String> values) {
    var fields = new LinkedHashMap<String, String>();
    INPUT
        .matcher(form)
        .results()
        .map(match -> match.group())
        .filter(input -> input.contains(" name=\""))
        .filter(input -> !input.contains("type=\"submit\"") || input.contains(":" + button + "\""))
        .forEach(
            input -> {
              String name = attribute(input, "name");
              String last = name.substring(name.lastIndexOf(':') + 1);
              fields.put(name, values.getOrDefault(last, attribute(input, "value")));
            });
    SELECT
        .matcher(form)
        .results()
        .map(match -> match.group())
        .forEach(
            select -> {
              String name = attribute(select, "name");
              var selected = SELECTED.matcher(select);
              String last = name.substring(name.lastIndexOf(':') + 1);
              fields.put(name, values.getOrDefault(last, selected.find() ? selected.group(1) : ""));
            });
    var nonce = NONCE.matcher(page);
    if (nonce.find()) {
      fields.put("primefaces.nonce", nonce.group(1));
    }
    return fields;
  }

  private static String attribute(String tag, String name) {
    var value = Pattern.compile("\\b" + name + "=\"([^\"]*)\"").matcher(tag);
    return value.find() ? value.group(1) : "";
  }

  private HttpResponse<String> post(String path, Map<String, String> fields, String... headers)
      throws IOException, InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    var request =
        HttpRequest.newBuilder(base.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
