package org.towncrier.console.node;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.Presence;

/**
 * A node as pages show it.
 *
 * @param revision of the schedule it was told last; 0 when it was told nothing
 * @param problem why nothing newer could be published, or not all
 * @param leftOut what its schedule has no room for: titles by messages' ids
 * @param state what it said last of itself
 * @param ownTraining whether the node itself, and not only its site, was put into training
 * @param refusals how often it said something that the console would not take
 * @param lastRefusal what that was, and why
 * @param position where it hangs; null when nobody said so
 * @param retiringSince since when it is being taken out of its site; null for a node that stays
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
    Map<String, String> leftOut,
    @Nullable NodeState state,
    @Nullable Instant stateAt,
    boolean ownTraining,
    long refusals,
    @Nullable String lastRefusal,
    @Nullable Instant lastRefusalAt,
    @Nullable Position position,
    @Nullable Instant retiringSince) {

  /** Whether it is connected now. */
  public boolean online() {
    return presence == Presence.Status.ONLINE;
  }

  /** Whether it applies what it was told. */
  public boolean upToDate() {
    return state != null && state.revision() == revision && !stuck();
  }

  /** Whether nothing newer could be published. */
  public boolean stuck() {
    return problem != null && leftOut.isEmpty();
  }

  /** Whether it is being taken out of its site. */
  public boolean retiring() {
    return retiringSince != null;
  }

  /** What names it among all nodes. */
  public String id() {
    return site + "/" + node;
  }

  /** Whether it says that it has a message of that id. */
  public boolean has(String message) {
    return state != null
        && state.messages().stream().anyMatch(each -> each.id().value().equals(message));
  }

  /** The path of its page. */
  public String path() {
    return "/nodes/" + site + "/" + node;
  }
}
