package org.towncrier.protocol;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that a node is to do once, now. Whatever lasts stands in its schedule.
 *
 * @param id a node does what bears one id once, however often it arrives
 * @param expiresAt not to be begun any more from then on
 * @param message what {@link Action#TEST_OFFER} offers, and only it: a message of the node's own
 *     schedule, so that a command can bring nothing to a phone that was not approved
 */
public record NodeCommand(
    SiteId site,
    NodeId node,
    UUID id,
    Instant issuedAt,
    Instant expiresAt,
    Action action,
    @Nullable MessageId message) {

  /** What to do. */
  public enum Action {
    /**
     * Look out until the command expires for a phone that is held next to the node for a minute,
     * and never ask that one again.
     */
    LEAVE_ALONE,
    /**
     * Offer one message of the schedule to the phones of the node's own test list that are near,
     * whatever its windows say, as in training: counted apart, and within training's own budget.
     */
    TEST_OFFER
  }

  public NodeCommand {
    if (!expiresAt.isAfter(issuedAt)) {
      throw new IllegalArgumentException("expiresAt is after issuedAt");
    }
    if ((action == Action.TEST_OFFER) != (message != null)) {
      throw new IllegalArgumentException(
          "action TEST_OFFER, and only it, names a message; this is " + action);
    }
  }

  /** One that is about no message. */
  public NodeCommand(
      SiteId site, NodeId node, UUID id, Instant issuedAt, Instant expiresAt, Action action) {
    this(site, node, id, issuedAt, expiresAt, action, null);
  }
}
