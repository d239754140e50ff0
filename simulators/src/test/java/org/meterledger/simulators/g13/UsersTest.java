package org.meterledger.simulators.g13;

import static org.assertj.core.api.Assertions.assertThat;
import static org.meterledger.simulators.g13.G13Wired.GATEWAY;
import static org.meterledger.simulators.g13.G13Wired.PLATINUM;
import static org.meterledger.simulators.g13.G13Wired.SILVER;
import static org.meterledger.simulators.g13.G13Wired.of;
import static org.meterledger.simulators.g13.G13Wired.texts;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** N17 to N23. */
class UsersTest extends WiredTest {
  private static final String FORBIDDEN = "Forbidden Access Denied";

  @BeforeEach
  void addBob() throws Exception {
    wired.succeeds("PUT", "/users", "{\"name\":\"bob7\",\"key\":\"one\"}");
  }

  @Test
  void usersAreListed() throws Exception {
    assertThat(texts(wired.json("/users").getJsonArray("users"), "name"))
        .containsExactly("admin", "bob7");
    wired.succeeds("DELETE", "/users/bob7", "");
    assertThat(texts(wired.json("/users").getJsonArray("users"), "name")).containsExactly("admin");
    assertThat(wired.as("bob7", "one").get("/about").statusCode()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bob", "b-b", "", "ä", "b b"})
  void namesAreLowercaseLettersAndDigits(String name) throws Exception {
    wired.invalid("PUT", "/users", "{\"name\":\"" + name + "\",\"key\":\"x\"}");
  }

  @Test
  void nameAndKeyAreWanted() throws Exception {
    String missing = "missing name and key tag in JSON";
    wired.refused(400, missing, "PUT", "/users", "{\"name\":\"eve\"}");
    wired.refused(400, missing, "POST", "/users/bob7", "{\"name\":\"bob7\"}");
    wired.invalid("PUT", "/users", "{\"name\":\"bob7\",\"key\":\"again\"}");
    wired.invalid("DELETE", "/users/nobody", "");
  }

  @Test
  void newUserMayLookOnly() throws Exception {
    JsonObject bindings = wired.json("/users/bob7/bindings");
    assertThat(bindings.getJsonArray("bindings")).hasSize(12);
    assertThat(texts(bindings.getJsonArray("bindings"), "access")).containsOnly("View Only");

    wired.as("bob7", "one").json(of(PLATINUM, "power"));
    wired.refused(403, FORBIDDEN, "POST", of(PLATINUM, "tariff"), "{\"source\":1}");
    wired.refused(403, FORBIDDEN, "DELETE", of(PLATINUM, "loadprofiles"), "");
    wired.refused(403, FORBIDDEN, "POST", "/gateway/reboot", "");
    wired.refused(403, FORBIDDEN, "PUT", "/users", "{\"name\":\"eve\",\"key\":\"x\"}");
    wired.refused(403, FORBIDDEN, "DELETE", "/gateway/events", "");
    wired.refused(403, FORBIDDEN, "GET", "/users/admin/bindings", "");
  }

  @Test
  void bindingsDecide() throws Exception {
    String binding = "{\"name\":\"bob7\",\"serial\":\"%s\",\"access\":\"%s\"}";
    wired.succeeds("PUT", "/users/bob7/bindings", binding.formatted(PLATINUM, "Configure"));
    wired.succeeds("DELETE", "/users/bob7/bindings", binding.formatted(SILVER, "No Access"));
    wired.as("bob7", "one").posts(of(PLATINUM, "tariff"), "{\"source\":1}");
    wired.refused(403, FORBIDDEN, "GET", of(SILVER, "power"), "");
    assertThat(wired.json("/meters").toString()).contains(PLATINUM).doesNotContain(SILVER);

    wired
        .as("admin", "admin")
        .succeeds("PUT", "/users/bob7/bindings", binding.formatted(GATEWAY, "Configure"));
    wired.as("bob7", "one").succeeds("DELETE", "/gateway/events", "");
    assertThat(wired.json("/users/bob7/bindings").toString()).contains(GATEWAY);
  }

  @ParameterizedTest
  @CsvSource({"NIX,View Only", "ABB00000101,Everything"})
  void bindingsAreRefused(String serial, String access) throws Exception {
    String body = "{\"name\":\"bob7\",\"serial\":\"" + serial + "\",\"access\":\"" + access + "\"}";
    wired.invalid("PUT", "/users/bob7/bindings", body);
  }

  @Test
  void lastAdminStays() throws Exception {
    wired.invalid("DELETE", "/users/admin", "");
    wired.invalid(
        "DELETE",
        "/users/admin/bindings",
        "{\"name\":\"admin\",\"serial\":\"" + GATEWAY + "\",\"access\":\"No Access\"}");
    wired.succeeds("DELETE", "/gateway/events", "");
  }

  @Test
  void ownKeyIsChangedWithTheOldOne() throws Exception {
    wired.as("bob7", "one");
    wired.refused(
        403,
        FORBIDDEN,
        "POST",
        "/users/bob7",
        "{\"name\":\"bob7\",\"oldkey\":\"wrong\",\"key\":\"two\"}");
    wired.posts("/users/bob7", "{\"name\":\"bob7\",\"oldkey\":\"one\",\"key\":\"two\"}");
    assertThat(wired.get("/about").statusCode()).isEqualTo(401);
    wired.as("bob7", "two").json("/about");
    wired.refused(
        403,
        FORBIDDEN,
        "POST",
        "/users/admin",
        "{\"name\":\"admin\",\"oldkey\":\"admin\",\"key\":\"mine\"}");
  }

  @Test
  void adminNeedsNoOldKeyAndThePayloadNamesTheUser() throws Exception {
    wired.posts("/users/admin", "{\"name\":\"bob7\",\"key\":\"three\"}");
    wired.json("/about");
    wired.as("bob7", "three").json("/about");
  }
}
