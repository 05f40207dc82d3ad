/** What came of the offers: the outcomes, what each means, and the counts for the next report. */
@NullMarked
package org.towncrier.broadcaster.delivery;

import org.jspecify.annotations.NullMarked;
