package org.meterledger.web.meter;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import java.util.List;
import java.util.stream.Stream;
import org.meterledger.metering.RowStatus;
import org.meterledger.web.layout.Texts;

/** What the script of the chart is told in attributes: words, since it has no bundle. */
@Named
@RequestScoped
public class ChartData {

  private static final List<String> WORDS =
      List.of(
          "gap", "flagged", "minimum", "mean", "maximum", "noData", "failed", "loading", "band");

  @Inject private LoadProfilePage loadProfilePage;
  @Inject private Texts texts;

  /** Names of the channels in the order of the series, as a JSON array. */
  public String getNames() {
    var names = Json.createArrayBuilder();
    loadProfilePage.getShown().forEach(each -> names.add(texts.register(each.channel().obis())));
    return names.build().toString();
  }

  /** Bits of the row status and what they mean, as a JSON object. */
  public String getFlags() {
    var flags = Json.createObjectBuilder();
    Stream.of(RowStatus.values())
        .forEach(flag -> flags.add(String.valueOf(flag.bit()), texts.of("flag", flag.name())));
    return flags.build().toString();
  }

  public String getWords() {
    var words = Json.createObjectBuilder();
    WORDS.forEach(word -> words.add(word, texts.get("chart." + word)));
    return words.build().toString();
  }
}
