package org.towncrier.town.stage;

import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/**
 * A node of a town.
 *
 * @param siteName what people call the site
 * @param place of the emulated town in which it stands
 */
public record NodePlan(SiteId site, String siteName, NodeId node, int place) {
  /** From their names. */
  public static NodePlan of(String site, String siteName, String node, int place) {
    return new NodePlan(new SiteId(site), siteName, new NodeId(node), place);
  }

  @Override
  public String toString() {
    return site + "/" + node;
  }
}
