package org.meterledger.driver.dmed4;

import java.util.List;
import org.meterledger.driver.CommandResult;
import org.meterledger.driver.DisplayTarget;

/** The display of the meter, and those of DMED4DC1 and DMED4DC2 (manual p. 14, 15). */
record Display(Dmed4Meter meter) implements DisplayTarget {

  private static final int PAGES = 13;
  private static final int VIEWER_PAGES = 8;
  private static final int VIEWER_METERS = 4;
  private static final int LINES = 3;

  @Override
  public int pages() {
    return PAGES;
  }

  @Override
  public int viewerPages() {
    return VIEWER_PAGES;
  }

  @Override
  public int viewerMeters() {
    return VIEWER_METERS;
  }

  @Override
  public int lines() {
    return LINES;
  }

  @Override
  public CommandResult showPage(Boolean on, Integer page) {
    within("page", page == null ? 1 : page, PAGES);
    if (on == null && page == null) {
      throw new IllegalArgumentException("Either the display is switched, or a page is shown");
    }
    return meter.showPage(on, page);
  }

  @Override
  public CommandResult showViewerPage(int page) {
    within("page", page, VIEWER_PAGES);
    return meter.showViewerPage(page);
  }

  @Override
  public CommandResult showLines(int number, List<Line> lines) {
    within("meter", number, VIEWER_METERS);
    if (lines.size() != LINES) {
      throw new IllegalArgumentException("A page has three lines, not " + lines.size());
    }
    return meter.showLines(number, lines);
  }

  private static void within(String field, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(field + " is from 1 to " + most + ", not " + value);
    }
  }
}
