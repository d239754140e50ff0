package org.meterledger.webhook;

/** The portal does not connect to this address. */
class AddressRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String rule;

  /**
   * @param rule a word that programs can tell apart
   * @param message a sentence for people, without the path of the address, which may be secret
   */
  AddressRefused(String rule, String message) {
    super(message);
    this.rule = rule;
  }

  String rule() {
    return rule;
  }
}
