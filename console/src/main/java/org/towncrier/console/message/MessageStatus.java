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
  /** Approved or live, and told to nobody until it is resumed. */
  PAUSED,
  /** A newer approved version speaks in its place. */
  REPLACED,
  /** Its last window has closed, or a person said that it had done its work. */
  ENDED,
  /** Stopped by a person. */
  CANCELLED,
  /** A draft put away by its author. */
  DISCARDED;

  private static final Map<MessageStatus, Set<MessageStatus>> STEPS =
      Map.of(
          DRAFT, EnumSet.of(SUBMITTED, DISCARDED, CANCELLED),
          // Back to a draft: its author takes it back before anybody has decided.
          SUBMITTED, EnumSet.of(DRAFT, RETURNED, APPROVED, CANCELLED),
          RETURNED, EnumSet.of(SUBMITTED, DISCARDED, CANCELLED),
          APPROVED, EnumSet.of(LIVE, PAUSED, REPLACED, ENDED, CANCELLED),
          LIVE, EnumSet.of(PAUSED, REPLACED, ENDED, CANCELLED),
          // Resumed, it is again what it was: approved, or live.
          PAUSED, EnumSet.of(LIVE, REPLACED, ENDED, CANCELLED),
          REPLACED, EnumSet.noneOf(MessageStatus.class),
          ENDED, EnumSet.noneOf(MessageStatus.class),
          CANCELLED, EnumSet.noneOf(MessageStatus.class),
          DISCARDED, EnumSet.noneOf(MessageStatus.class));

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

  /** Whether a second person said yes to it and it is not over. */
  public boolean stands() {
    return speaks() || this == PAUSED;
  }
}
