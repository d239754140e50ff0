package org.meterledger.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whatever the API can be called for, by its own description: as {@code GET /api/v1/meters}. */
final class ApiCalls {

  private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

  private ApiCalls() {}

  static List<String> all(Portal portal) throws Exception {
    var paths =
        JsonPath.from(portal.admin().get("openapi.json").body())
            .<Map<String, Map<String, Object>>>get("paths");
    var calls = new ArrayList<String>();
    new TreeMap<>(paths)
        .forEach(
            (path, operations) ->
                Stream.of("get", "post", "put", "delete")
                    .filter(operations::containsKey)
                    .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path)));
    assertThat(calls).hasSizeGreaterThan(60);
    // with it whoever calls is out
    calls.sort(Comparator.comparing("DELETE /api/v1/account/sessions"::equals));
    return calls;
  }

  /** As a client wants it, with a value for all that is left open. */
  static String path(String call, String value) {
    String path = call.substring(call.indexOf(' ') + 1).replaceFirst("^/(api/v1/)?", "");
    return PARAMETER.matcher(path).replaceAll(value);
  }
}
