/** What a check finds out about the machine a node stands on, and what to do about it. */
@NullMarked
package org.towncrier.broadcaster.machine;

import org.jspecify.annotations.NullMarked;
