package org.towncrier.console.onair;

import org.towncrier.console.node.NodeView;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeState;
import org.towncrier.protocol.NodeState.MessageState;

/**
 * What one node does with one message.
 *
 * @param settled whether it does as it was told
 */
public record Effect(NodeView node, boolean settled, String words, String style) {

  /**
   * @param speaks whether the message is to be offered at all
   * @param meant whether this node is to have it now
   */
  static Effect of(MessageId message, boolean speaks, boolean meant, NodeView node) {
    boolean leftOut = meant && node.leftOut().containsKey(message.value());
    if (leftOut && !node.has(message.value())) {
      return new Effect(node, false, "Not told: its schedule has no room for it", "govuk-tag--red");
    }
    // One that has it of an older schedule is being told to stop.
    boolean offers = speaks && !leftOut;
    NodeState state = node.state();
    if (state == null || node.presence() == null) {
      // What never had it need not be told to stop.
      return new Effect(node, !speaks, "It has never connected", "govuk-tag--grey");
    }
    String has =
        state.messages().stream()
            .filter(had -> had.id().equals(message))
            .findFirst()
            .map(had -> words(had.status()))
            .orElse("");
    if (!node.online()) {
      return new Effect(
          node,
          false,
          has.isEmpty() || offers
              ? "Not connected; it is told when it comes back"
              : "Not connected: it may still offer it, until it comes back",
          "govuk-tag--red");
    }
    if (!offers) {
      return has.isEmpty()
          ? new Effect(node, true, "Stopped", "govuk-tag--green")
          : new Effect(node, false, "Still has it; it is being told", "govuk-tag--orange");
    }
    // Right after an approval the schedule that has it is not numbered yet, so the node is up to
    // date with one that has not.
    if (!node.upToDate() || (meant && has.isEmpty())) {
      return new Effect(node, false, "It is being told", "govuk-tag--orange");
    }
    return has.isEmpty()
        ? new Effect(node, true, "Not told: it goes to other nodes, or its time is over", "")
        : new Effect(node, true, has, has.equals("On air") ? "govuk-tag--green" : "");
  }

  private static String words(MessageState.Status status) {
    return switch (status) {
      case ON_AIR -> "On air";
      case SILENT -> "Has it, but is silent now";
      case WAITING -> "Waits for its next window";
      case ENDED -> "Its last window is over";
    };
  }
}
