package org.towncrier.console.node;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;

/**
 * A node as pages show it.
 *
 * @param revision of the schedule it was told last; 0 when it was told nothing
 * @param problem why nothing newer could be published
 * @param state what it said last of itself
 * @param ownTraining whether the node itself, and not only its site, was put into training
 * @param refusals how often it said something that the console would not take
 * @param lastRefusal what that was, and why
 */
public record NodeView(
    String site,
    String siteName,
    String node,
    boolean hold,
    boolean siteHold,
    boolean training,
    Presence.@Nullable Status presence,
    @Nullable Instant presenceSince,
    long revision,
    @Nullable Instant issuedAt,
    @Nullable Instant validUntil,
    @Nullable Instant publishedAt,
    @Nullable String problem,
    @Nullable NodeState state,
    @Nullable Instant stateAt,
    boolean ownTraining,
    long refusals,
    @Nullable String lastRefusal,
    @Nullable Instant lastRefusalAt) {

  /** Whether it is connected now. */
  public boolean online() {
    return presence == Presence.Status.ONLINE;
  }

  /** Whether it applies what it was told. */
  public boolean upToDate() {
    return state != null && state.revision() == revision && problem == null;
  }

  /** The path of its page. */
  public String path() {
    return "/nodes/" + site + "/" + node;
  }
}
