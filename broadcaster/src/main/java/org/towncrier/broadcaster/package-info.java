/** The node's program: its parts put together, started and ended. */
@NullMarked
package org.towncrier.broadcaster;

import org.jspecify.annotations.NullMarked;
