package org.towncrier.console.publish;

import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;
import org.towncrier.protocol.Topic;

/** Something that a node said and that cannot be right; the message says why, for people. */
public final class RefusedPayloadException extends Exception {
  private static final long serialVersionUID = 1L;

  public RefusedPayloadException(String message) {
    super(message);
  }

  /**
   * A node speaks for itself alone: what it says names it, as its topic does.
   *
   * @throws RefusedPayloadException otherwise
   */
  public static void requireOwn(Topic topic, SiteId site, NodeId node)
      throws RefusedPayloadException {
    if (!topic.site().equals(site) || !topic.node().equals(node)) {
      throw new RefusedPayloadException(
          "it came from %s/%s but speaks for %s/%s"
              .formatted(topic.site(), topic.node(), site, node));
    }
  }
}
