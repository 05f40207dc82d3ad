package org.towncrier.protocol;

import java.time.Instant;
import java.util.UUID;

/**
 * Something that a node is to do once, now. Whatever lasts stands in its schedule.
 *
 * @param id a node does what bears one id once, however often it arrives
 * @param expiresAt not to be done any more from then on
 */
public record NodeCommand(
    SiteId site, NodeId node, UUID id, Instant issuedAt, Instant expiresAt, Action action) {

  /** What to do. */
  public enum Action {
    /**
     * Look out until the command expires for a phone that is held next to the node for a minute,
     * and never ask that one again.
     */
    LEAVE_ALONE
  }

  public NodeCommand {
    if (!expiresAt.isAfter(issuedAt)) {
      throw new IllegalArgumentException("expiresAt is after issuedAt");
    }
  }
}
