package org.meterledger.launcher;

import java.io.PrintStream;
import java.util.List;

/** Exit code 0: the server may start; 1: it cannot, and why was printed. */
public final class Preflight {

  private Preflight() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(new Settings(System.getenv()), System.out, System.err));
  }

  private static int run(Settings settings, PrintStream out, PrintStream err)
      throws InterruptedException {
    List<String> complaints = settings.complaints();
    if (complaints.isEmpty()) {
      complaints = new WaitForDatabase(settings, out).complaints();
    }
    complaints.forEach(complaint -> err.println("meterledger: " + complaint));
    return complaints.isEmpty() ? 0 : 1;
  }
}
