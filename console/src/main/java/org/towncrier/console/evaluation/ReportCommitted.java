package org.towncrier.console.evaluation;

import java.util.Set;
import org.towncrier.protocol.MessageId;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/**
 * A node's report was counted and committed; an application event.
 *
 * @param messages whose counts grew
 */
public record ReportCommitted(SiteId site, NodeId node, Set<MessageId> messages) {
  public ReportCommitted {
    messages = Set.copyOf(messages);
  }
}
