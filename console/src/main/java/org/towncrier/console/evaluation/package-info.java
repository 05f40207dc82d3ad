/** Reports of the nodes, counted once each, and what they add up to. */
@NullMarked
package org.towncrier.console.evaluation;

import org.jspecify.annotations.NullMarked;
