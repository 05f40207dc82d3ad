package org.towncrier.protocol;

/** Every way an offer can end, "we chose not to" included. Published with these definitions. */
public enum Outcome {
  /** The phone took the whole object and said so. */
  ACCEPTED,
  /** The phone refused. Android says the same for "no" and for no answer in 50 s. */
  DECLINED_OR_IGNORED,
  /** Our own deadline passed before the phone had answered. */
  UNANSWERED,
  /** The phone has no Object Push, as every iPhone. */
  UNSUPPORTED,
  /** No connection could be made. */
  UNREACHABLE,
  /** The link was lost during the transfer. */
  INTERRUPTED,
  /** Our own radio failed. */
  RADIO_FAULT,
  /** The message was cancelled or ended while it was being offered. */
  WITHDRAWN,
  /**
   * Nobody can know: the node died mid-offer, or the link, the deadline or a withdrawal fell after
   * the final packet was written and before its answer.
   */
  UNRESOLVED,
  /**
   * Not offered, by rule; see {@link WithheldReason}. Counted once per phone, message and night.
   */
  WITHHELD
}
