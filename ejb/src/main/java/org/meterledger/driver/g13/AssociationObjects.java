package org.meterledger.driver.g13;

import java.util.BitSet;

/**
 * What the gateway may do with a meter (N30): the meter's own rights, not those of the account.
 *
 * @param role for example {@code View Only}
 * @param rights by index: 1 to 200 read the quantity of that number, 201 to 220 reset, above
 *     configure
 */
public record AssociationObjects(String role, BitSet rights) {

  static AssociationObjects of(Node answer) {
    var rights = new BitSet();
    var bits = answer.at("associationobjects");
    if (bits.isArray()) {
      var items = bits.items();
      for (int i = 0; i < items.size(); i++) {
        rights.set(i + 1, items.get(i).flag());
      }
    } else {
      var text = bits.text();
      for (int i = 0; i < text.length(); i++) {
        rights.set(i + 1, text.charAt(i) == '1');
      }
    }
    return new AssociationObjects(answer.textOr("role", ""), rights);
  }

  /**
   * @param index from 1
   */
  public boolean allowed(int index) {
    return rights.get(index);
  }
}
