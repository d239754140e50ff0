package org.meterledger.driver;

import java.util.List;

/** Says what a device shows people who stand before it. No device tells what it shows. */
public non-sealed interface DisplayTarget extends Capability {

  /**
   * A line that people read.
   *
   * @param title printable ASCII, at most {@value #LONGEST_TITLE} characters
   * @param text printable ASCII, at most {@value #LONGEST_TEXT} characters
   */
  record Line(String title, String text) {
    public static final int LONGEST_TITLE = 32;
    public static final int LONGEST_TEXT = 20;

    /**
     * @throws IllegalArgumentException with the rule that is broken
     */
    public Line {
      check("title", title, LONGEST_TITLE);
      check("text", text, LONGEST_TEXT);
    }

    private static void check(String field, String value, int longest) {
      if (!value.matches("[ -~]{0," + longest + "}")) {
        throw new IllegalArgumentException(
            "%s is at most %d printable characters of ASCII".formatted(field, longest));
      }
    }
  }

  /** How many pages the meter itself has, from 1 on. */
  int pages();

  /** How many pages a remote display has, from 1 on. */
  int viewerPages();

  /** How many meters a remote display has a page of lines for. */
  int viewerMeters();

  /** How many lines such a page has. */
  int lines();

  /**
   * @param on null to leave it as it is
   * @param page 1 to {@link #pages()}; null to leave it as it is
   */
  CommandResult showPage(Boolean on, Integer page);

  /**
   * @param page 1 to {@link #viewerPages()}
   */
  CommandResult showViewerPage(int page);

  /**
   * @param meter 1 to {@link #viewerMeters()}
   * @param lines as many as {@link #lines()} says
   */
  CommandResult showLines(int meter, List<Line> lines);
}
