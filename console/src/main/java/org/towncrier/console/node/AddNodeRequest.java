package org.towncrier.console.node;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/**
 * A node to be added, or given its files anew.
 *
 * @param siteName what people call the site; when left out, as it is called already, or its id. A
 *     site that is called otherwise is renamed
 * @param folder where its files are written
 * @param brokerUrl the broker as the node reaches it; null for what the settings say
 * @param again whether the node is there already, and gets a new password and new files
 * @param sections of the node's file, in place of those written otherwise, such as {@code radio} or
 *     {@code permittedHours}
 */
public record AddNodeRequest(
    SiteId site,
    NodeId node,
    @Nullable String siteName,
    Path folder,
    @Nullable URI brokerUrl,
    boolean again,
    Map<String, Object> sections) {

  public AddNodeRequest {
    sections = Map.copyOf(sections);
  }

  /** A node of which the settings say the rest. */
  public AddNodeRequest(SiteId site, NodeId node, Path folder) {
    this(site, node, null, folder, null, false, Map.of());
  }
}
