package org.towncrier.console.publish;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.towncrier.protocol.NodeId;
import org.towncrier.protocol.SiteId;

/**
 * A node has said how it is; an application event, after it was written down.
 *
 * @param revision of the schedule it applies; null when it only said that it is there
 * @param refused the revision of a schedule that it would not apply
 * @param cameBack whether it was not there before, or is another boot
 */
public record NodeReported(
    SiteId site,
    NodeId node,
    UUID boot,
    @Nullable Long revision,
    @Nullable Long refused,
    boolean cameBack) {}
