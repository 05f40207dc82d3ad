package org.towncrier.console.onair;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.towncrier.console.message.Messages;
import org.towncrier.console.message.Target;
import org.towncrier.console.node.NodeOverview;
import org.towncrier.console.node.NodeView;
import org.towncrier.console.publish.OnAir;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** What the nodes make of a message, as they say themselves. */
@Service
public class Effects {
  private final Messages messages;
  private final NodeOverview nodes;
  private final OnAir onAir;
  private final InstantSource clock;

  Effects(Messages messages, NodeOverview nodes, OnAir onAir, InstantSource clock) {
    this.messages = messages;
    this.nodes = nodes;
    this.onAir = onAir;
    this.clock = clock;
  }

  /** Whether any version of it is to be offered now or later. */
  public boolean speaks(MessageId message) {
    return messages.speaks(message);
  }

  /**
   * Every node that it ever was to reach: one that was let off must be seen to be silent, too.
   *
   * @param message one that there is
   */
  public List<Effect> of(MessageId message) {
    Set<Target> targets = messages.everyTarget(message);
    boolean speaks = speaks(message);
    return nodes.all().stream()
        .filter(node -> targets.stream().anyMatch(target -> reaches(target, node)))
        .map(node -> Effect.of(message, speaks, speaks && meant(message, node), node))
        .toList();
  }

  private boolean meant(MessageId message, NodeView node) {
    return onAir
        .messagesFor(new SiteId(node.site()), new NodeId(node.node()), clock.instant())
        .stream()
        .anyMatch(told -> told.id().equals(message));
  }

  private static boolean reaches(Target target, NodeView node) {
    return target.site().value().equals(node.site())
        && (target.node() == null || target.node().value().equals(node.node()));
  }
}
