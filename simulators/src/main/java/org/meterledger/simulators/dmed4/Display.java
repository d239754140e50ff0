package org.meterledger.simulators.dmed4;

/** What the display of a meter shows by force. */
final class Display {
  private static final int PAGES = 13;

  private boolean on = true;
  private int page = 1;

  void turn(long state) {
    if (state != 0 && state != 1) {
      throw Refusal.value("Display " + state);
    }
    on = state == 1;
  }

  void show(long number) {
    if (number < 1 || number > PAGES) {
      throw Refusal.value("Page " + number);
    }
    page = (int) number;
  }

  /** 1 to 13; 0 while it is switched off. */
  int page() {
    return on ? page : 0;
  }
}
