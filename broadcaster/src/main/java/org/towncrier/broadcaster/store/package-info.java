/** The node's SQLite file, touched only on the event loop. */
@NullMarked
package org.towncrier.broadcaster.store;

import org.jspecify.annotations.NullMarked;
