package org.towncrier.console.node;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.ContactRules;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.SiteId;

/**
 * A site and its nodes, for people.
 *
 * @param name what people call it
 * @param hold whether all of it was told to keep quiet
 * @param training whether all of it is in training
 * @param contact how often a phone may be asked there
 * @param position where it is; null when nobody said so
 */
public record SiteView(
    SiteId site,
    String name,
    boolean hold,
    boolean training,
    ContactRules contact,
    @Nullable Position position,
    List<NodeView> nodes) {
  public SiteView {
    nodes = List.copyOf(nodes);
  }

  /** The nodes whose schedules have no room for that message. */
  public List<String> noRoomFor(MessageId message) {
    return nodes.stream()
        .filter(node -> node.leftOut().containsKey(message.value()))
        .map(NodeView::node)
        .toList();
  }
}
