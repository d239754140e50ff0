package org.meterledger.audit;

import java.io.PrintStream;
import java.util.Map;
import org.meterledger.access.CurrentCaller;
import org.meterledger.audit.AuditVerdict.Finding;
import org.meterledger.server.DatabaseException;
import org.meterledger.server.OutsideServer;

/** Beside the nodes, with their settings: {@code verify-audit} verifies the trail. */
public final class AuditCommand {

  private AuditCommand() {}

  /** Exit code 0: the trail is what was written; 1: it is not, or could not be verified. */
  public static void main(String[] arguments) {
    System.exit(run(System.getenv(), System.out, System.err));
  }

  static int run(Map<String, String> environment, PrintStream out, PrintStream err) {
    try {
      var server = new OutsideServer(environment);
      var database = server.database();
      var trail =
          new AuditTrail(
              database,
              new AuditSeals(database, server.clock(), AuditSeals.keptMonths(environment)),
              new Audit(database, new CurrentCaller(), server.clock()));
      return tell(trail.verify(), out) ? 0 : 1;
    } catch (IllegalArgumentException e) {
      err.println("meterledger: " + e.getMessage());
      return 1;
    } catch (DatabaseException e) {
      err.println("meterledger: " + e.getCause().getMessage());
      return 1;
    }
  }

  private static boolean tell(AuditVerdict verdict, PrintStream out) {
    out.printf(
        "%d entries in %d sealed batches are what was written; %d not sealed yet, %d gone with"
            + " their retention.%n",
        verdict.entries(), verdict.seals(), verdict.unsealed(), verdict.dropped());
    verdict.findings().forEach(finding -> out.println(sentence(finding)));
    if (verdict.broken() > verdict.findings().size()) {
      out.println("… and " + (verdict.broken() - verdict.findings().size()) + " more");
    }
    if (verdict.last() != null) {
      out.println("Hash of the newest seal: " + verdict.last());
    }
    return verdict.intact();
  }

  private static String sentence(Finding finding) {
    return finding.entryId() == null
        ? finding.what() + ": batch " + finding.sealId()
        : finding.what() + ": entry " + finding.entryId() + " in batch " + finding.sealId();
  }
}
