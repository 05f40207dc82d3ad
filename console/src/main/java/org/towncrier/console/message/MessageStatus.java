package org.towncrier.console.message;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Where a version of a message stands. {@link #mayBecome} is the one table of allowed steps. */
public enum MessageStatus {
  /** Being written. */
  DRAFT,
  /** Waiting for a second person. */
  SUBMITTED,
  /** Sent back by the second person, with a reason. */
  RETURNED,
  /** A second person said yes; its first window is yet to open. */
  APPROVED,
  /** Its windows have begun. */
  LIVE,
  /** A newer approved version speaks in its place. */
  REPLACED,
  /** Its last window has closed. */
  ENDED,
  /** Stopped by a person. */
  CANCELLED;

  private static final Map<MessageStatus, Set<MessageStatus>> STEPS =
      Map.of(
          DRAFT, EnumSet.of(SUBMITTED, CANCELLED),
          SUBMITTED, EnumSet.of(RETURNED, APPROVED, CANCELLED),
          RETURNED, EnumSet.of(SUBMITTED, CANCELLED),
          APPROVED, EnumSet.of(LIVE, REPLACED, ENDED, CANCELLED),
          LIVE, EnumSet.of(REPLACED, ENDED, CANCELLED),
          REPLACED, EnumSet.noneOf(MessageStatus.class),
          ENDED, EnumSet.noneOf(MessageStatus.class),
          CANCELLED, EnumSet.noneOf(MessageStatus.class));

  /** Whether that step is allowed. */
  public boolean mayBecome(MessageStatus next) {
    return STEPS.getOrDefault(this, Set.of()).contains(next);
  }

  /** Whether its words and schedule may still be changed. */
  public boolean isOpen() {
    return this == DRAFT || this == RETURNED;
  }

  /** Whether nodes are told of it. */
  public boolean speaks() {
    return this == APPROVED || this == LIVE;
  }
}
