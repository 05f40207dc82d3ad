package org.towncrier.hardware;

/**
 * How one adapter is right now.
 *
 * @param adapter which one
 * @param health what it can do
 * @param detail why, in words for the person who looks after the node; empty when all is well
 * @param activeLinks links open to phones at this moment
 */
public record AdapterStatus(AdapterId adapter, Health health, String detail, int activeLinks) {
  /** What an adapter can do. */
  public enum Health {
    /** Ready to look and to offer. */
    UP,
    /** Failed; the radio is trying to bring it back. */
    RECOVERING,
    /** Not there, or closed. */
    DOWN
  }
}
