/** The node's one thread of work, on the real clock or a settable one. */
@NullMarked
package org.towncrier.broadcaster.loop;

import org.jspecify.annotations.NullMarked;
