package org.meterledger.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.ResourceBundle.Control;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.meterledger.access.Permission;
import org.meterledger.audit.AuditAction;
import org.meterledger.audit.AuditEntry;
import org.meterledger.audit.AuditVerdict;

class BundlesTest {

  private static final Control NO_FALLBACK =
      Control.getNoFallbackControl(Control.FORMAT_PROPERTIES);

  @ParameterizedTest
  @ValueSource(
      strings = {"org.meterledger.web.text", "org.meterledger.web.faces", "ValidationMessages"})
  void bothLanguagesHaveTheSameKeys(String base) {
    assertThat(new TreeSet<>(bundle(base, Locale.GERMAN).keySet()))
        .isNotEmpty()
        .isEqualTo(new TreeSet<>(bundle(base, Locale.ENGLISH).keySet()));
  }

  @Test
  void bothLanguagesUseTheSameArguments() {
    var english = bundle("org.meterledger.web.text", Locale.ENGLISH);
    var german = bundle("org.meterledger.web.text", Locale.GERMAN);
    assertThat(english.keySet())
        .filteredOn(key -> english.getString(key).contains("{0}"))
        .isNotEmpty()
        .allSatisfy(
            key ->
                assertThat(new MessageFormat(german.getString(key)).getFormats())
                    .as(key)
                    .hasSameSizeAs(new MessageFormat(english.getString(key)).getFormats()));
  }

  @Test
  void germanSaysNothingInEnglish() {
    var english = bundle("org.meterledger.web.text", Locale.ENGLISH);
    var german = bundle("org.meterledger.web.text", Locale.GERMAN);
    assertThat(english.keySet())
        .filteredOn(key -> english.getString(key).split(" ").length > 3)
        .allSatisfy(
            key -> assertThat(german.getString(key)).as(key).isNotEqualTo(english.getString(key)));
  }

  @Test
  void whatIsListedByNameHasWords() {
    var english = bundle("org.meterledger.web.text", Locale.ENGLISH);
    assertThat(
            Stream.of(
                    named("auditAction", AuditAction.values()),
                    named("auditOutcome", AuditEntry.Outcome.values()),
                    named("auditBreak", AuditVerdict.Break.values()),
                    named("permission", Permission.values()))
                .flatMap(each -> each))
        .allMatch(english::containsKey);
  }

  private static Stream<String> named(String group, Enum<?>... names) {
    return Stream.of(names).map(name -> group + "." + name);
  }

  private static ResourceBundle bundle(String base, Locale language) {
    return ResourceBundle.getBundle(base, language, NO_FALLBACK);
  }
}
