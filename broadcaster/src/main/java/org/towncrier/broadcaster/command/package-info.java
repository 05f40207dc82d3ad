/** What the console has the node do once, now. */
@NullMarked
package org.towncrier.broadcaster.command;

import org.jspecify.annotations.NullMarked;
