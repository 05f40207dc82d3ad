package org.towncrier.console.publish;

import java.time.Instant;
import java.util.List;
import org.towncrier.protocol.Campaign;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.ScheduledMessage;
import org.towncrier.protocol.SiteId;

/** What has been approved for a node to say. */
public interface OnAir {
  /**
   * The versions that may speak, meant for this node or for its whole site, and have a window that
   * is open or yet to open. The same content comes in the same order each time.
   */
  List<ScheduledMessage> messagesFor(SiteId site, NodeId node, Instant at);

  /** Every campaign that such messages may name. */
  List<Campaign> campaigns();
}
