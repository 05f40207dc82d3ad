/**
 * The public notice board: what is genuine now, for anybody, on a listener that knows nothing else;
 * and the signs that lead to it.
 */
@NullMarked
package org.towncrier.console.noticeboard;

import org.jspecify.annotations.NullMarked;
