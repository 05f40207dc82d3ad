package org.towncrier.console.message;

import java.time.Instant;
import java.util.List;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage.Priority;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Window;

/**
 * A message that a second person approved and that is not over: where and when, without its words.
 *
 * @param paused whether it is kept from its nodes for now
 * @param wordings how many: of several a phone gets one, by lot
 */
public record PlannedMessage(
    MessageId id,
    String title,
    Priority priority,
    boolean paused,
    int wordings,
    List<Target> targets,
    List<Window> windows) {
  public PlannedMessage {
    targets = List.copyOf(targets);
    windows = List.copyOf(windows);
  }

  /** Whether any node of the site is told of it. */
  public boolean reaches(SiteId site) {
    return targets.stream().anyMatch(target -> target.site().equals(site));
  }

  /** Whether that node is told of it. */
  public boolean reaches(SiteId site, NodeId node) {
    return targets.stream()
        .anyMatch(
            target ->
                target.site().equals(site)
                    && (target.node() == null || target.node().equals(node)));
  }

  /** Whether one of its windows is open at that moment. */
  public boolean isDue(Instant at) {
    return windows.stream().anyMatch(window -> window.isOpen(at));
  }

  /** The nodes of a site it goes to; empty when to all of them. */
  public List<String> nodesAt(SiteId site) {
    List<Target> there = targets.stream().filter(t -> t.site().equals(site)).toList();
    return there.stream().anyMatch(target -> target.node() == null)
        ? List.of()
        : there.stream().map(target -> String.valueOf(target.node())).toList();
  }
}
