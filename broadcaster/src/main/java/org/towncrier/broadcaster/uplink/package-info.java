/** The node's line to its console: what goes up, what comes down. */
@NullMarked
package org.towncrier.broadcaster.uplink;

import org.jspecify.annotations.NullMarked;
