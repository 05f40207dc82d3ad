/** What became of a message at each node: told, applied, on air, silent about it. */
@NullMarked
package org.towncrier.console.onair;

import org.jspecify.annotations.NullMarked;
