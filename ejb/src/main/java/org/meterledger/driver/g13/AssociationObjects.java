package org.meterledger.driver.g13;

import java.util.BitSet;

/**
 * What the gateway may do with a meter (N30): the meter's own rights, not those of the account.
 *
 * @param role for example {@code View Only}
 * @param rights by index: 1 to 200 read the quantity of that number, 201 to 220 reset, above
 *     configure
 * @param size the highest index of which it tells
 */
public record AssociationObjects(String role, BitSet rights, int size) {

  static AssociationObjects of(Node answer) {
    var rights = new BitSet();
    var size = 0;
    var bits = answer.at("associationobjects");
    if (bits.isArray()) {
      var items = bits.items();
      size = items.size();
      for (int i = 0; i < items.size(); i++) {
        rights.set(i + 1, items.get(i).flag());
      }
    } else {
      var text = bits.text();
      size = text.length();
      for (int i = 0; i < text.length(); i++) {
        rights.set(i + 1, text.charAt(i) == '1');
      }
    }
    return new AssociationObjects(answer.textOr("role", ""), rights, size);
  }

  /**
   * @param index from 1
   */
  public boolean allowed(int index) {
    return rights.get(index);
  }

  /**
   * Whether it says that this is not allowed; not of what it does not tell.
   *
   * @param index from 1
   */
  boolean denied(int index) {
    return index <= size && !rights.get(index);
  }
}
