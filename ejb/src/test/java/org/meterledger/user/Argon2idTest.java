package org.meterledger.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class Argon2idTest {

  /** Made by the reference implementation: argon2 somesalt -id -m 16 -t 2 -p 1, "password". */
  private static final String REFERENCE =
      "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ" + "$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";

  @Test
  void agreesWithTheReferenceImplementation() {
    assertThat(Argon2id.matches(REFERENCE, "password")).isTrue();
    assertThat(Argon2id.matches(REFERENCE, "Password")).isFalse();
  }

  @Test
  void writesThePhcStringOfTheRecommendedCost() {
    String hash = Argon2id.RECOMMENDED.hash("correct horse battery");

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(Argon2id.matches(hash, "correct horse battery")).isTrue();
  }

  @Test
  void saltsEachHash() {
    var cost = new Argon2id(64, 1, 1);

    assertThat(cost.hash("same")).isNotEqualTo(cost.hash("same"));
  }

  @Test
  void knowsAHashOfAnotherCost() {
    assertThat(Argon2id.RECOMMENDED.differs(REFERENCE)).isTrue();
    assertThat(new Argon2id(65536, 2, 1).differs(REFERENCE)).isFalse();
  }

  @Test
  void refusesWhatIsNoHash() {
    assertThatIllegalArgumentException().isThrownBy(() -> Argon2id.matches("secret", "secret"));
  }
}
