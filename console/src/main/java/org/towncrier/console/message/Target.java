package org.towncrier.console.message;

import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/**
 * Where a message goes out.
 *
 * @param node one node of the site; null means all of them, those added later included
 */
public record Target(SiteId site, @Nullable NodeId node) {
  /**
   * Reads {@code site} or {@code site/node}.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Target parse(String place) {
    int slash = place.indexOf('/');
    return slash < 0
        ? new Target(new SiteId(place), null)
        : new Target(new SiteId(place.substring(0, slash)), new NodeId(place.substring(slash + 1)));
  }

  @Override
  public String toString() {
    return node == null ? site.value() : site + "/" + node;
  }
}
