package org.meterledger.web.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharactersTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "a\tb\r\nc", "\ud83d\udc69\u200d\ud83d\ude80", "\u202e", "\ufffd"})
  void textIsSound(String text) {
    assertThat(Characters.sound(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "a\u0007", "\u001b[1m", "\ud83d", "\ude00\ud83d", "\uffff"})
  void whatIsNoTextIsNot(String text) {
    assertThat(Characters.sound(text)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alias\":\"a\\u0000b\"}",
        "{\"alias\":\"\\ud800\"}",
        "{\"alias\":[{\"x\":\"\\u0001\"}]}"
      })
  void aBodyOfWhichIsRefusedByField(String json) {
    assertThatThrownBy(
            () -> JsonTree.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))))
        .isInstanceOf(Refused.class)
        .hasMessageStartingWith("alias")
        .hasMessageEndingWith(Characters.MESSAGE);
  }
}
