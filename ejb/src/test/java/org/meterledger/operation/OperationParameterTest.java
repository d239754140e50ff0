package org.meterledger.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import jakarta.json.Json;
import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationParameterTest {

  private static String rule(OperationParameter parameter, JsonValue value) {
    return catchThrowableOfType(InvalidOperation.class, () -> parameter.check(value)).rule();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 11, 12})
  void aTextIsAsLongAsAllowed(int length) {
    var text = OperationParameter.text("code", true, 12);
    assertThatCode(() -> text.check(Json.createValue("x".repeat(length))))
        .doesNotThrowAnyException();
  }

  @Test
  void aTextIsNeitherBlankNorLongerNorSomethingElse() {
    var text = OperationParameter.text("code", true, 12);
    assertThat(rule(text, Json.createValue(""))).isEqualTo("length");
    assertThat(rule(text, Json.createValue("  "))).isEqualTo("length");
    assertThat(rule(text, Json.createValue("x".repeat(13)))).isEqualTo("length");
    assertThat(rule(text, Json.createValue(5))).isEqualTo("length");
    assertThat(rule(text, JsonValue.NULL)).isEqualTo("length");
  }

  @Test
  void anObjectIsNothingElse() {
    var object = OperationParameter.object("values", true);
    assertThatCode(() -> object.check(JsonValue.EMPTY_JSON_OBJECT)).doesNotThrowAnyException();
    assertThat(rule(object, JsonValue.EMPTY_JSON_ARRAY)).isEqualTo("type");
    assertThat(rule(object, Json.createValue("{}"))).isEqualTo("type");
    assertThat(rule(object, JsonValue.NULL)).isEqualTo("type");
  }
}
