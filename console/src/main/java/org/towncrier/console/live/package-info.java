/** Counts that grow on an open page, without asking for the page again. */
@NullMarked
package org.towncrier.console.live;

import org.jspecify.annotations.NullMarked;
