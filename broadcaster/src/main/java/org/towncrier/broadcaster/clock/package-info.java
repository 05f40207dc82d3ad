/** Whether the node's clock may be believed. */
@NullMarked
package org.towncrier.broadcaster.clock;

import org.jspecify.annotations.NullMarked;
