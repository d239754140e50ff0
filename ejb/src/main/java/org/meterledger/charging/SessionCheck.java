package org.meterledger.charging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.meterledger.charging.SessionFinding.Code;

/**
 * The charging sessions that the records of a meter make, and whether the records go on without a
 * gap. Fiscal records belong to no session.
 *
 * @param sessions in the order of their first records; the last one may still be going on
 * @param findings about the numbers of all records, those of sessions too
 */
public record SessionCheck(List<ChargingSession> sessions, List<SessionFinding> findings) {

  public SessionCheck {
    sessions = List.copyOf(sessions);
    findings = List.copyOf(findings);
  }

  /**
   * @param records of one meter in the order in which they were signed; the same text may come
   *     twice
   */
  public static SessionCheck of(List<SessionRecord> records) {
    var continuity = new Continuity(records);
    var pairing = new Pairing(continuity);
    continuity.records().stream().filter(SessionCheck::ofSession).forEach(pairing::next);
    return new SessionCheck(pairing.sessions(), continuity.findings());
  }

  private static boolean ofSession(SessionRecord signed) {
    var pagination = signed.record().pagination();
    return pagination == null || pagination.ofTransaction();
  }

  /** Puts the records of a session together. */
  private static final class Pairing {

    private final Continuity continuity;
    private final List<ChargingSession> sessions = new ArrayList<>();

    /** By device and OBIS code: where the register stood when a session ended. */
    private final Map<List<Object>, SessionEnergy> last = new HashMap<>();

    private OpenSession open;

    Pairing(Continuity continuity) {
      this.continuity = continuity;
    }

    void next(SessionRecord signed) {
      if (open != null && signed.begins() && !open.hasBegunWith(signed)) {
        open.tell(Code.NO_END);
        close();
      }
      if (open == null) {
        open = new OpenSession();
        open.add(signed, continuity.at(signed));
        if (!signed.begins()) {
          open.tell(Code.NO_BEGIN);
        }
      } else {
        open.add(signed, continuity.at(signed));
      }
      if (signed.ends()) {
        close();
      }
    }

    private void close() {
      sessions.add(open.session(last));
      open = null;
    }

    List<ChargingSession> sessions() {
      if (open != null) {
        close(); // it goes on; nothing is wrong with that
      }
      return sessions;
    }
  }
}
