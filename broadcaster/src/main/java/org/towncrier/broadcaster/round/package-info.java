/** The engine: looks for phones and offers them what is on air, within the contact rules. */
@NullMarked
package org.towncrier.broadcaster.round;

import org.jspecify.annotations.NullMarked;
