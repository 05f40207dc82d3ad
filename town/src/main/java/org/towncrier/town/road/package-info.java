/** The real road from the radio down, to emulated phones. */
@NullMarked
package org.towncrier.town.road;

import org.jspecify.annotations.NullMarked;
