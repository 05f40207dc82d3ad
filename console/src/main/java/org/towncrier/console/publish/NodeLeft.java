package org.towncrier.console.publish;

import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/** A node was taken out of its site, and its account is shut. */
public record NodeLeft(SiteId site, NodeId node) {}
