package org.meterledger.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * Addresses that begin with the same bits, as CIDR writes them (RFC 4632, RFC 4291).
 *
 * @param bits how many
 */
record AddressBlock(InetAddress start, int bits) {

  private static final Pattern LITERAL = Pattern.compile("\\d+(\\.\\d+){3}|\\[?[0-9a-f.]*:.*");

  /** Whether a text can only be meant as one or more addresses, not as the name of a host. */
  static boolean looksLike(String text) {
    return text.contains("/") || LITERAL.matcher(text).matches();
  }

  /**
   * @param text 10.1.0.0/16, fd00::/8, or one address
   * @throws IllegalArgumentException when it is none
   */
  static AddressBlock of(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    if (!LITERAL.matcher(address).matches()) { // a name would be asked of the name system
      throw new IllegalArgumentException(text + " is not a block of addresses");
    }
    try {
      var start = InetAddress.getByName(address);
      int all = start.getAddress().length * Byte.SIZE;
      int bits = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
      if (bits < 0 || bits > all) {
        throw new IllegalArgumentException(text + " has no such number of bits");
      }
      return new AddressBlock(start, bits);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException(text + " is not a block of addresses", e);
    }
  }

  boolean contains(InetAddress address) {
    byte[] a = start.getAddress();
    byte[] b = address.getAddress();
    if (a.length != b.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % Byte.SIZE;
      if ((a[bit / Byte.SIZE] & mask) != (b[bit / Byte.SIZE] & mask)) {
        return false;
      }
    }
    return true;
  }
}
