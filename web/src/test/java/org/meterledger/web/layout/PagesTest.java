package org.meterledger.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every page and tag, read as text. */
class PagesTest {

  private static final Path ROOT = Path.of("src/main/webapp");
  private static final Pattern EXPRESSION = Pattern.compile("#\\{[^}]*}");
  private static final Pattern TAG = Pattern.compile("<[^>]*>", Pattern.DOTALL);
  private static final Pattern KEY = Pattern.compile("text\\['([^'\\]]+)'](?!\\.concat)");
  private static final Pattern GIVEN_KEY = Pattern.compile("texts\\.get\\('([^']+)'");
  private static final Pattern CHOSEN_KEY =
      Pattern.compile("text\\[[^\\]]*\\? '([^']+)' : '([^']+)']");
  private static final Pattern LABELLED =
      Pattern.compile("<m:(?:input|select|column) id=\"([^\"]+)\"(?![^>]*header=)");
  private static final Pattern WORDS_IN_ATTRIBUTE =
      Pattern.compile("(?:aria-label|title|placeholder|alt|value)=\"[^\"#]*[A-Za-z]{3,} [^\"#]*\"");

  /**
   * A page with a word of the language as a property does not open (Jakarta Expression 5.0, 1.17).
   */
  private static final Pattern RESERVED =
      Pattern.compile(
          "\\w\\.(and|or|not|eq|ne|lt|gt|le|ge|true|false|null|instanceof|empty|div|mod)\\b");

  private static final Pattern QUOTED = Pattern.compile("'[^']*'");

  /** Names, units and file kinds are the same in every language. */
  private static final Pattern UNTRANSLATED = Pattern.compile("Meterledger|CSV|JSON|https?");

  static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files.filter(file -> file.toString().endsWith(".xhtml")).sorted().toList();
    }
  }

  @Test
  void thereArePages() throws IOException {
    assertThat(pages()).hasSizeGreaterThan(15);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noTextStandsOutsideTheBundles(Path page) {
    String text = TAG.matcher(EXPRESSION.matcher(read(page)).replaceAll("")).replaceAll(" ");
    String words = UNTRANSLATED.matcher(text.replaceAll("&[a-z]+;", "")).replaceAll("");
    assertThat(words).doesNotContainPattern("\\p{L}{2,}");
    assertThat(read(page)).doesNotContainPattern(WORDS_IN_ATTRIBUTE);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyKeyIsInTheBundle(Path page) {
    var bundle = ResourceBundle.getBundle("org.meterledger.web.text", Locale.ENGLISH);
    String text = read(page);
    var keys =
        Stream.of(
                KEY.matcher(text).results().map(found -> found.group(1)),
                GIVEN_KEY.matcher(text).results().map(found -> found.group(1)),
                CHOSEN_KEY
                    .matcher(text)
                    .results()
                    .flatMap(found -> Stream.of(found.group(1), found.group(2))),
                LABELLED.matcher(text).results().map(found -> "label." + found.group(1)))
            .flatMap(each -> each)
            .filter(key -> !key.endsWith("."))
            .filter(key -> !key.contains("#{"));
    assertThat(keys).allMatch(bundle::containsKey);
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noPropertyIsAWordOfTheExpressionLanguage(Path page) {
    var expressions =
        EXPRESSION
            .matcher(read(page))
            .results()
            .map(found -> QUOTED.matcher(found.group()).replaceAll("''"));
    assertThat(expressions).noneMatch(each -> RESERVED.matcher(each).find());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noScriptOrStyleIsInline(Path page) {
    assertThat(read(page)).doesNotContainPattern("<script|<style| on[a-z]+=\"| style=\"");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void aPageIsShort(Path page) {
    assertThat(read(page).lines()).hasSizeLessThanOrEqualTo(150);
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
