package org.meterledger.web.overview;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import org.meterledger.archive.Completeness;
import org.meterledger.web.layout.Formats;
import org.meterledger.web.layout.Texts;

/** How complete a day is, as a colour and in words; for the tag heat-strip. */
@Named("heat")
@RequestScoped
public class HeatStrip {

  private static final int PERCENT = 100;

  @Inject private Formats format;
  @Inject private Texts texts;

  /** Which of five steps a day has; 0 where nothing was expected. */
  public int step(Completeness.Day day) {
    if (day.expected() == 0) {
      return 0;
    }
    long percent = day.stored() * PERCENT / day.expected();
    return percent >= 100 ? 5 : percent >= 98 ? 4 : percent >= 90 ? 3 : percent >= 50 ? 2 : 1;
  }

  public String words(Completeness.Day day) {
    String date = format.date(day.day());
    return day.expected() == 0
        ? texts.get("strip.nothing", date)
        : texts.get(
            "strip.day",
            date,
            format.percent(day.stored(), day.expected()),
            format.number(day.stored()),
            format.number(day.expected()));
  }
}
