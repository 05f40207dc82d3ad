/** What the console wants of this node: taken in, verified, kept. */
@NullMarked
package org.towncrier.broadcaster.schedule;

import org.jspecify.annotations.NullMarked;
