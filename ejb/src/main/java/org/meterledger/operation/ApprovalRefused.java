package org.meterledger.operation;

import jakarta.ejb.ApplicationException;

/** A request could not be approved or rejected; nothing was changed. */
@ApplicationException(rollback = true)
public class ApprovalRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Why why;
  private final String subject;

  /** What keeps somebody from deciding. */
  public enum Why {
    /** The caller asked for it. */
    OWN,
    /** Somebody else was earlier. */
    APPROVED,
    REJECTED,
    /** Its time is over. */
    EXPIRED,
    /** It was taken back, or its meters are not read any more. */
    CANCELLED,
    /** Who asked may not ask for it any more. */
    REQUESTER
  }

  /**
   * @param message a sentence for people
   * @param subject the name in it that pages put into sentences of their own
   */
  ApprovalRefused(Why why, String message, String subject) {
    super(message);
    this.why = why;
    this.subject = subject;
  }

  public Why why() {
    return why;
  }

  /** Empty where the reason says all. */
  public String subject() {
    return subject;
  }
}
