package org.meterledger.user;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Hashes and checks passwords, a few at a time: each computation takes a core and 19 MiB. */
@ApplicationScoped
public class PasswordHashing {

  /** Longer input is never right; cut off so that nobody buys work with it. */
  private static final int LONGEST = 4 * PasswordRules.MAX_LENGTH;

  private final Argon2id cost;
  private final Semaphore cores =
      new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()), true);

  /** Stands in for the hash of an account that does not exist. */
  private final String nobody;

  protected PasswordHashing() {
    this(Argon2id.RECOMMENDED);
  }

  PasswordHashing(Argon2id cost) {
    this.cost = cost;
    this.nobody = cost.hash(Secret.token(""));
  }

  String hash(String password) {
    return onACore(() -> cost.hash(password));
  }

  /**
   * Takes the same time whether there is a hash or not.
   *
   * @param phc null for an account that does not exist, or has no password
   */
  boolean matches(String phc, String password) {
    boolean possible = phc != null && password.length() <= LONGEST;
    String candidate = password.length() <= LONGEST ? password : password.substring(0, LONGEST);
    return onACore(() -> Argon2id.matches(phc == null ? nobody : phc, candidate)) && possible;
  }

  /** Every computation goes through here. */
  <T> T onACore(Supplier<T> computation) {
    cores.acquireUninterruptibly();
    try {
      return computation.get();
    } finally {
      cores.release();
    }
  }

  /** Whether a hash should be made anew because the cost was raised since. */
  boolean outdated(String phc) {
    return cost.differs(phc);
  }
}
