/** Emulated phones that come, stay a while, answer their owners' way, and leave. */
@NullMarked
package org.towncrier.town.street;

import org.jspecify.annotations.NullMarked;
