/** Messages, their versions, and the road of each to a second person and on air. */
@NullMarked
package org.towncrier.console.message;

import org.jspecify.annotations.NullMarked;
