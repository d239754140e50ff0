package org.meterledger.operation;

/** Where an operation stands. */
public enum OperationState {
  /** It is of a marked kind, and nobody else has approved it yet. */
  AWAITING_APPROVAL(false),
  /** Waits for its time and a free session. */
  QUEUED(false),
  /** A node has taken it and will begin in a moment. */
  CLAIMED(false),
  /** The meter is being asked. */
  RUNNING(false),
  /** It failed in a way that a retry may cure, and will be tried again. */
  WAITING(false),
  SUCCEEDED(true),
  FAILED(true),
  /** Its time was over before it succeeded. */
  EXPIRED(true),
  CANCELLED(true),
  /** Somebody who was asked to approve it did not. */
  REJECTED(true);

  private final boolean ended;

  OperationState(boolean ended) {
    this.ended = ended;
  }

  /** Whether nothing more will happen. */
  public boolean ended() {
    return ended;
  }
}
