package org.meterledger.web.layout;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import java.util.List;

/** Backs api.xhtml. */
@Named
@RequestScoped
public class ApiPage {

  private static final List<String> WORDS =
      List.of(
          "parameters", "name", "place", "type", "meaning", "body", "answers", "types", "failed");

  @Inject private Texts texts;

  /** For the script, which has no bundle: a JSON object. */
  public String getWords() {
    var words = Json.createObjectBuilder();
    WORDS.forEach(word -> words.add(word, texts.get("api." + word)));
    return words.build().toString();
  }
}
