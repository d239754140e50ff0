package org.meterledger.driver.g13;

/** An answer does not say what its resource promises; becomes a fault where it was asked for. */
final class BadAnswer extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param sentence what is wrong, to be put behind the address
   */
  BadAnswer(String sentence) {
    super(sentence);
  }
}
