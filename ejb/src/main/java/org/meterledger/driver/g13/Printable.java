package org.meterledger.driver.g13;

/** Makes what a gateway sent fit to be stored and shown: a database takes no NUL in a text. */
final class Printable {

  private Printable() {}

  static String of(String text, int longest) {
    var clean = new StringBuilder(text.length() > longest ? text.substring(0, longest) : text);
    for (int i = 0; i < clean.length(); i++) {
      var c = clean.charAt(i);
      if (Character.isISOControl(c) && c != '\t' && c != '\n' || Character.isSurrogate(c)) {
        clean.setCharAt(i, '\uFFFD');
      }
    }
    return clean.toString();
  }
}
