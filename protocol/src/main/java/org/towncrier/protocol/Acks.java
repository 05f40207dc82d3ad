package org.towncrier.protocol;

import java.util.List;
import java.util.UUID;

/**
 * What the console has committed of a node's reports. A lower number than before means: send again
 * from there.
 */
public record Acks(SiteId site, NodeId node, List<Boot> boots) {
  public Acks {
    boots = List.copyOf(boots);
  }

  /**
   * One boot of the node.
   *
   * @param seq the highest sequence up to which the console has every report; 0 for none
   */
  public record Boot(UUID boot, long seq) {}
}
